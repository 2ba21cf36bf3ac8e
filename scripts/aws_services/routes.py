"""Which host a request is for, where its signing name is not enough to tell."""

import re
from collections import Counter, defaultdict

from .hosts import OLDER_SIGNING_NAMES, S3_FAMILY, other_address_id
from .operations import paths_of, template


def describe_groups(models, services):
    """For each signing name with more than one host: the place that requests go to, and those that go elsewhere.

    A place is a service of services.generated.json, with `:` and a prefix for its host where there is one
    (`deadline:management.`); `:?` is a prefix that comes from the request's input.
    """
    by_signing_name = defaultdict(list)
    for model in models.services.values():
        if model.id not in S3_FAMILY:
            by_signing_name[model.signing_name].append(model)
            if model.id in OLDER_SIGNING_NAMES:
                by_signing_name[OLDER_SIGNING_NAMES[model.id]].append(model)
    groups = {}
    for signing_name, members in sorted(by_signing_name.items()):
        places = {model.id: _places(model, services) for model in members}
        hosts = {_host(place, services) for each in places.values() for place in each.values()}
        if len(hosts) > 1 or any(prefix for prefix, *_ in hosts):
            groups[signing_name] = _group(signing_name, members, places)
    return groups


def _places(model, services):
    """Each operation's place."""
    usual = model.usual_parameters()
    places = {}
    for name, operation in model.operations.items():
        place = model.id
        parameters = model.static_parameters(name)
        if parameters != usual and other_address_id(model, parameters) in services:
            place = other_address_id(model, parameters)
        prefix = operation.get('endpoint', {}).get('hostPrefix')
        if prefix:
            place += ':?' if '{' in prefix else f':{prefix}'
        places[name] = place
    return places


def _host(place, services):
    service_id, _, prefix = place.partition(':')
    entry = services[service_id]
    prefix_of_host = entry.get('prefix', entry.get('signingName', service_id))
    return prefix, prefix_of_host, str(entry.get('hosts')), entry.get('proxyOnly')


def _group(signing_name, members, places):
    main = _main(signing_name, members)
    main_place = _usual(places[main.id])
    targets, paths = {}, defaultdict(set)
    for model in members:
        usual = _usual(places[model.id])
        target = model.metadata.get('targetPrefix')
        if target and usual != main_place:
            targets[target] = usual
        for name, place in places[model.id].items():
            if target and place != usual:
                targets[f'{target}.{name}'] = place
    elsewhere = [
        (model, name) for model in members if model.is_rest for name, place in places[model.id].items() if place != main_place
    ]
    shapes = defaultdict(set)
    for model, name in elsewhere:
        shapes[model.operations[name]['http']['method']].add(_segments(model, name))
    for model in members:
        if not model.is_rest:
            continue
        wanted = {
            name: place
            for name, place in places[model.id].items()
            if place != main_place
            or any(_overlap(_segments(model, name), other) for other in shapes[model.operations[name]['http']['method']])
        }
        for path, entries in paths_of(model, wanted).items():
            paths[path] |= set(entries.split(','))
    group = {'main': main_place}
    if targets:
        group['targets'] = dict(sorted(targets.items()))
    if paths:
        group['paths'] = {path: ','.join(sorted(entries)) for path, entries in sorted(paths.items())}
    agents = {_agent_name(model.metadata['serviceId']): model.id for model in members if model.is_rest}
    agents = {name: service for name, service in sorted(agents.items()) if name != _agent_name(service)}
    if paths and agents:
        group['agents'] = agents
    return group


def _agent_name(text):
    """A service's name in a user agent, however an SDK spells it."""
    return re.sub(r'[^a-z0-9]', '', text.lower())


def _main(signing_name, members):
    """The service that a signing name is first of all for."""
    for is_main in (
        lambda model: model.id == signing_name,
        lambda model: model.endpoint_prefix == signing_name,
    ):
        found = next(filter(is_main, members), None)
        if found:
            return found
    return max(members, key=lambda model: (len(model.operations), model.id))


def _usual(places):
    return Counter(places.values()).most_common(1)[0][0]


def _segments(model, name):
    return tuple(template(model.operations[name]['http']['requestUri'].partition('?')[0]).split('/')[1:])


def _overlap(one, other):
    """Whether some path matches both templates."""
    if not one or not other:
        return one == other
    if '{+}' in (one[0], other[0]):
        return True
    return (one[0] == other[0] or '{}' in (one[0], other[0])) and _overlap(one[1:], other[1:])
