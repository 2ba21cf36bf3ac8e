"""Each service's hosts: the one that requests go to, and the others that it answers under."""

import re

# Services whose host is that of one resource and comes out of an API call (GetDataEndpoint, DescribeContainer,
# DescribeDomains, DescribeCluster…): the models name a host for them that answers nothing.
HOST_OF_A_RESOURCE = {
    'apigatewaymanagementapi',
    'cloudsearchdomain',
    'kinesis-video-archived-media',
    'kinesis-video-media',
    'kinesis-video-signaling',
    'kinesis-video-webrtc-storage',
    'mediastore-data',
    'neptunedata',
    'route53-recovery-cluster',
}

# Hosts that AWS runs, that clients are told by an API or by the documentation, and that no model names.
# `{}` stands for a region, `*` for any label, `#` for an account number.
FOUND_ELSEWHERE = {
    # Amazon Managed Service for Prometheus, "What is the remote write URL".
    'amp': ['aps-workspaces.{}'],
    'emr-serverless': ['*.livy.emr-serverless-services.{}'],
    'kinesis-video-archived-media': ['*.kinesisvideo.{}'],
    'kinesis-video-media': ['*.kinesisvideo.{}'],
    'kinesis-video-signaling': ['*.kinesisvideo.{}'],
    'kinesis-video-webrtc-storage': ['*.kinesisvideo.{}'],
    # Endpoints of an account, from DescribeEndpoints.
    'mediaconvert': ['*.mediaconvert.{}'],
    'mediastore-data': ['*.data.mediastore.{}'],
    # Amazon Managed Blockchain nodes: nd-….ethereum.managedblockchain.<region>.
    'managedblockchain': ['*.*.managedblockchain.{}'],
    'route53-recovery-cluster': ['*.route53-recovery-cluster.{}'],
    # Cells, from DescribeEndpoints: query-cell1.timestream.<region>.
    'timestream-query': ['*.timestream.{}'],
    'timestream-write': ['*.timestream.{}'],
    'transcribe': ['transcribestreaming.{}'],
}

# Names that older SDKs sign requests with, and that the services still take.
OLDER_SIGNING_NAMES = {
    'iot': 'execute-api',
    'sso-oidc': 'awsssooidc',
}

# S3 has names of its own for buckets, access points, zones and accounts: src-shared/aws/s3-hosts.ts knows them.
S3_FAMILY = {'s3', 's3control'}

RESOURCE_SUFFIXES = ('on.aws', 'on.amazonwebservices.com.cn', 'on.amazonwebservices.eu')


def describe_services(models):
    services = {}
    for model in models.services.values():
        services.update(_describe(models, model))
    return dict(sorted(services.items()))


def _describe(models, model):
    usual = () if model.id in S3_FAMILY else model.usual_parameters()
    address = _address(models, model, usual)
    entry = {**_identity(model), **address}
    reason = _proxy_only(models, model, usual)
    if reason:
        entry['proxyOnly'] = reason
    if model.id in S3_FAMILY:
        return {model.id: entry}
    prefix = entry.get('prefix', model.signing_name)
    also = sorted((_keys(models, model) | set(FOUND_ELSEWHERE.get(model.id, ()))) - {f'{prefix}.{{}}', prefix})
    if also:
        entry['also'] = also
    return {model.id: entry, **_other_addresses(models, model, usual, address)}


def _identity(model):
    entry = {}
    if model.signing_name != model.id:
        entry['signingName'] = model.signing_name
    if model.id in OLDER_SIGNING_NAMES:
        entry['alsoSignedAs'] = OLDER_SIGNING_NAMES[model.id]
    if model.protocols != ['rest-json']:
        entry['protocols'] = ' '.join(model.protocols)
    return entry


def _proxy_only(models, model, usual):
    """Why none of the service's hosts can be told from a request: a word that src-shared/aws/proxy-only.ts explains."""
    if model.id in HOST_OF_A_RESOURCE:
        return 'resource'
    called = [operation for operation in model.operations.values() if not operation.get('endpointoperation')]
    if all(operation.get('endpointdiscovery', {}).get('required') for operation in called):
        return 'discovery'
    from_input = [operation for operation in called if '{' in operation.get('endpoint', {}).get('hostPrefix', '')]
    if len(from_input) > len(called) / 2:
        return 'input'
    resolved = models.resolve(model, 'us-east-1', usual)
    if resolved is None:
        return 'input'
    if '/' in resolved[0].removeprefix('https://'):
        return 'path'
    return None


def other_address_id(model, parameters):
    """The entry of an address that only some operations of a service have."""
    return f"{model.id}/{'+'.join(name for name, _ in parameters)}"


def _other_addresses(models, model, usual, usual_address):
    """Addresses that operations choose by a static parameter (a control plane apart from the data plane)."""
    found = {}
    named = {
        model.static_parameters(name)
        for name, operation in model.operations.items()
        if '{' not in operation.get('endpoint', {}).get('hostPrefix', '')
    }
    for parameters in sorted(named - {usual}):
        address = _address(models, model, parameters)
        if address != usual_address:
            found[other_address_id(model, parameters)] = {**_identity(model), 'signingName': model.signing_name, **address}
    return found


# --- the host that requests go to ---


def _address(models, model, parameters):
    """`prefix` and `hosts`, as far as they differ from the rule `<signing name>.<region>.<dns suffix>`."""
    by_partition = {}
    for partition_id, partition in models.partitions_by_id().items():
        by_region = {}
        for region in partition['regions']:
            resolved = models.resolve(model, region, parameters)
            if resolved:
                by_region[region] = _templates(resolved, region, partition)
        by_partition[partition_id] = by_region
    every = [templates for by_region in by_partition.values() for templates in by_region.values()]
    if not every:
        return {}
    common = _best(set.intersection(*every))
    if common and re.fullmatch(r'[a-z0-9.-]+\.\{r\}\.\{s\}', common):
        prefix = common.removesuffix('.{r}.{s}')
        return {} if prefix == model.signing_name else {'prefix': prefix}
    hosts = {'*': common} if common else _hosts_by_partition(by_partition)
    if model.endpoint_prefix == model.signing_name:
        return {'hosts': hosts}
    return {'prefix': model.endpoint_prefix, 'hosts': hosts}


def _hosts_by_partition(by_partition):
    """One template for as much as possible: all partitions, else a partition, else a region."""
    whole = {id: _best(set.intersection(*by_region.values())) for id, by_region in by_partition.items() if by_region}
    counted = {}
    for by_region in by_partition.values():
        if by_region:
            for template in set.intersection(*by_region.values()):
                counted[template] = counted.get(template, 0) + 1
    usual = min(counted, key=lambda template: (-counted[template], len(template), template)) if counted else None
    hosts = {'*': usual} if usual else {}
    for partition_id, by_region in by_partition.items():
        if not by_region or all(usual in templates for templates in by_region.values()):
            continue
        if whole[partition_id]:
            hosts[partition_id] = whole[partition_id]
            continue
        for region, templates in by_region.items():
            if usual not in templates:
                hosts[region] = _best(templates)
    return dict(sorted(hosts.items()))


def _templates(resolved, region, partition):
    """All ways to write a resolved host with `{r}` the region, `{g}` the partition's region for what is global, `{s}`
    and `{d}` its DNS suffixes; after a space, the region to sign for, where it is not the request's."""
    url, signing_region = resolved
    host = url.removeprefix('https://').split('/')[0]
    suffixes = ((partition['dualStackDnsSuffix'], '{d}'), (partition['dnsSuffix'], '{s}'))
    names = {host}
    for suffix, token in suffixes:
        if host.endswith(f'.{suffix}'):
            names = {f'{host.removesuffix(suffix)}{token}'}
            break
    labelled = set()
    for name in names:
        labelled |= {name, _with_label(name, region, '{r}'), _with_label(name, partition['implicitRegion'], '{g}')}
    regions = {f' {signing_region}'}
    if signing_region == region:
        regions.add('')
    if signing_region == partition['implicitRegion']:
        regions.add(' {g}')
    return {name + suffix for name in labelled for suffix in regions}


def _with_label(host, label, token):
    return '.'.join(token if part == label else part for part in host.split('.'))


def _best(templates):
    """The template that says most with least: regions by the rule before regions by name, short before long."""
    return min(templates, key=lambda text: (len(re.findall(r'-\d', text)), len(text), text)) if templates else None


# --- all the hosts that it answers under ---


def _keys(models, model):
    keys = set()
    parameter_sets = {model.static_parameters(operation) for operation in model.operations}
    for partition in models.partitions_by_id().values():
        for region in partition['regions']:
            for fips in (False, True):
                for dual_stack in (False, True):
                    for parameters in parameter_sets:
                        resolved = models.resolve(model, region, parameters, fips, dual_stack)
                        if resolved:
                            keys.add(host_key(models, resolved[0].removeprefix('https://').split('/')[0]))
    prefixes = {operation['endpoint']['hostPrefix'] for operation in model.operations.values() if 'endpoint' in operation}
    prefixed = {re.sub(r'\{[^}]+\}', '*', prefix) + key for prefix in prefixes for key in keys if key}
    patterns = {key for url in _urls(model.rules['rules']) for key in _keys_of_template(url)}
    keys = (keys | prefixed | patterns | _legacy_keys(models, model)) - {None}
    if any(not re.search('[a-z]', key) for key in keys):
        raise ValueError(f'{model.id}: {sorted(keys)} holds a pattern that any host fits')
    return keys


def host_key(models, host):
    """A host name without what varies: region as `{}`, DNS suffix and the marks of FIPS and dual-stack left out.
    src-shared/aws/host-key.ts makes the same of a host that a client names."""
    for partition in models.partitions_by_id().values():
        suffixes = [partition['dualStackDnsSuffix'], *RESOURCE_SUFFIXES, partition['dnsSuffix']]
        suffix = next((suffix for suffix in suffixes if host.endswith(f'.{suffix}')), None)
        if suffix is None:
            continue
        labels = host.removesuffix(f'.{suffix}').split('.')
        regions = [index for index, label in enumerate(labels) if re.fullmatch(partition['regionPattern'], label)]
        if regions:
            labels[regions[-1]] = '{}'
        elif any(models.is_region(label) for label in labels):
            continue
        labels = [re.sub(r'-fips$', '', label) for label in labels if label not in ('fips', 'dualstack')]
        return '.'.join(labels + ['on'] if suffix in RESOURCE_SUFFIXES else labels)
    return None


def _legacy_keys(models, model):
    """Hosts of the older endpoints.json: names of regions spelt otherwise, names without a region."""
    keys = set()
    for partition in models.legacy_partitions:
        for name, service in partition['services'].items():
            scope = service.get('defaults', {}).get('credentialScope', {}).get('service')
            if model is not models.owner_of_legacy(name, scope):
                continue
            for endpoint, own in service['endpoints'].items():
                if endpoint not in partition['regions'] and 'hostname' not in own:
                    continue
                resolved = models.legacy.construct_endpoint(name, endpoint, partition['partition'])
                hosts = [resolved['hostname']]
                if endpoint in partition['regions']:
                    hosts.append(resolved.get('sslCommonName', ''))
                keys |= {host_key(models, host) for host in hosts if host and '*' not in host}
    return keys


def _urls(rules):
    for rule in rules:
        if rule['type'] == 'endpoint' and isinstance(rule['endpoint']['url'], str):
            yield rule['endpoint']['url']
        yield from _urls(rule.get('rules', []))


def _keys_of_template(url):
    """Keys of a host that takes something from the request: an account, an id, a kind of operation."""
    if 'url#' in url or not url.startswith('https://') or not re.search(r'\{(?!Region|PartitionResult)', url):
        return
    host = url.removeprefix('https://').split('/')[0]
    host = re.sub(r'\.\{PartitionResult#(dnsSuffix|dualStackDnsSuffix)\}$', '', host)
    host = re.sub(r'\{(Region|PartitionResult#implicitGlobalRegion)\}', '{}', host)
    host = re.sub(r'\{\w*CustomEndpointSuffixValue\}', '', host)
    host = re.sub(r'\{(AccountId|\w+#accountId)\}', '#', host, flags=re.IGNORECASE)
    host = re.sub(r'\.(global\.)?api\.aws$', lambda match: '.global' if match[1] else '', host)
    for kind in ('control', 'data') if '{OperationType}' in host else ('',):
        labels = [re.sub(r'-fips$', '', label) for label in host.replace('{OperationType}', kind).split('.')]
        yield '.'.join('*' if re.fullmatch(r'\{\w.*\}', label) else label for label in labels)
