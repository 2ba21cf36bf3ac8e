"""Files that a person can read as a diff: sorted, one entry on a line."""

import json


def write_json(file, data):
    """Writes an object of objects: the entries of the inner ones each get a line; what is deeper shares it, unless
    it is large."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = _render(data, 0) + '\n'
    json.loads(text)
    file.write_text(text, encoding='utf-8')
    return file, len(text.encode())


def _render(value, depth):
    compact = json.dumps(value, separators=(',', ':'), ensure_ascii=False)
    if not isinstance(value, dict) or (depth > 1 and len(compact) < 160):
        return compact
    lines = [f'{json.dumps(key)}:{_render(entry, depth + 1)}' for key, entry in value.items()]
    return '{\n' + ',\n'.join(lines) + '\n}'
