"""Method and path of every REST operation, with what else tells it from others on the same path."""

import re
from collections import defaultdict


def describe_operations(models):
    described = {}
    for model in models.services.values():
        if model.is_rest:
            described[model.id] = paths_of(model, dict.fromkeys(model.operations))
    return described


def paths_of(model, wanted):
    """`{'/path/{}': 'GET Name,POST?key=value Name,PUT+header Name'}` for operations of a service.

    `{}` is one label, `{+}` the rest of the path. After the method come the query keys that the path's template
    names (`key`, `key=value`), then those (`key=*`) and the headers (`+header`) that one operation needs and another
    on the same path does not.

    :param wanted: operations, each with the word to write for it; None for its own name
    """
    rules = defaultdict(list)
    for rule in _without_deprecated(_rules(model)):
        if rule['operation'] in wanted:
            word = wanted[rule['operation']] or rule['operation']
            rules[rule['path']].append(f"{condition(rule)} {word}")
    return {path: ','.join(sorted(set(entries))) for path, entries in sorted(rules.items())}


def condition(rule):
    query = '&'.join(rule['literals'] + [f'{key}=*' for key in rule['keys']])
    return rule['method'] + (f'?{query}' if query else '') + ''.join(f'+{name}' for name in rule['headers'])


def _rules(model):
    alike = defaultdict(list)
    for name, operation in model.operations.items():
        path, _, query = operation['http']['requestUri'].partition('?')
        rule = {
            'operation': name,
            'deprecated': operation.get('deprecated', False),
            'method': operation['http']['method'],
            'path': template(path),
            'literals': sorted(query.split('&')) if query else [],
            'keys': _required(model, operation, 'querystring'),
            'headers': _required(model, operation, 'header'),
        }
        alike[(rule['method'], rule['path'], tuple(rule['literals']))].append(rule)
    for rules in alike.values():
        for place in ('keys', 'headers'):
            shared = set.intersection(*(set(rule[place]) for rule in rules))
            for rule in rules:
                rule[place] = sorted(set(rule[place]) - shared)
    return [rule for rules in alike.values() for rule in rules]


def template(path):
    path = re.sub(r'\{[^}]*\+\}', '{+}', path)
    path = re.sub(r'\{[^}+]+\}', '{}', path)
    return path.rstrip('/') or '/'


def _required(model, operation, location):
    shape = model.shapes.get(operation.get('input', {}).get('shape'), {})
    members = shape.get('members', {})
    return [
        members[name].get('locationName', name).lower() if location == 'header' else members[name]['locationName']
        for name in shape.get('required', [])
        if members[name].get('location') == location
    ]


def _without_deprecated(rules):
    """A deprecated operation that another has taken the place of is sent by nobody."""
    kept = defaultdict(list)
    for rule in rules:
        kept[(rule['path'], condition(rule))].append(rule)
    for alike in kept.values():
        current = [rule for rule in alike if not rule['deprecated']]
        yield from current or alike
