"""The lists in docs/endpoint-mode.md, between markers that say where they begin and end."""

import re
from collections import defaultdict

WHY = {
    'resource': 'its host is that of one resource and comes out of an API call',
    'discovery': 'its host is found by endpoint discovery',
    'input': 'its host begins with something from the request',
    'path': 'its address has a path of its own',
}


def write_lists(file, models, services):
    text = file.read_text(encoding='utf-8')
    text = _between(text, 'proxy-only', _proxy_only(models, services))
    text = _between(text, 'host-prefixes', _host_prefixes(models))
    file.write_text(text, encoding='utf-8')
    return file, len(text.encode())


def _between(text, name, lines):
    begin, end = f'<!-- {name}: written by scripts/renew-aws-services.py -->', f'<!-- end of {name} -->'
    pattern = re.compile(re.escape(begin) + '.*?' + re.escape(end), re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f'docs/endpoint-mode.md has no markers for {name}')
    return pattern.sub(lambda _: '\n'.join([begin, '', *lines, '', end]), text)


def _proxy_only(models, services):
    rows = ['| service | operations | why |', '| --- | --- | --- |']
    for model in models.services.values():
        reason = services[model.id].get('proxyOnly')
        if reason:
            rows.append(f'| `{model.id}` | all | {WHY[reason]} |')
            continue
        from_input = sorted(name for name in model.operations if '{' in _host_prefix(model, name))
        if from_input:
            names = ', '.join(f'`{name}`' for name in from_input)
            rows.append(f"| `{model.id}` | {names} | {WHY['input']} |")
    return rows


def _host_prefixes(models):
    rows = ['| service | operations |', '| --- | --- |']
    for model in models.services.values():
        by_prefix = defaultdict(list)
        for name in sorted(model.operations):
            prefix = _host_prefix(model, name)
            if prefix and '{' not in prefix:
                by_prefix[prefix].append(name)
        if not by_prefix:
            continue
        count = sum(len(names) for names in by_prefix.values())
        few = ', '.join(f'`{name}`' for names in by_prefix.values() for name in names)
        operations = 'all' if count == len(model.operations) else few if count <= 4 else f'{count} of {len(model.operations)}'
        rows.append(f'| `{model.id}` | {operations} |')
    return rows


def _host_prefix(model, name):
    return model.operations[name].get('endpoint', {}).get('hostPrefix', '')
