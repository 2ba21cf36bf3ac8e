"""What botocore itself makes of its models, as JSON on standard output: the oracle of the tests about AWS services.

    python3 oracle.py version
    python3 oracle.py endpoints <region>…      each service's hosts, in all variants
    python3 oracle.py operations               a request of every operation, as botocore would send it
    python3 oracle.py errors <address>         what it reads out of an error that answers a call to each protocol
"""

import base64
import datetime
import json
import re
import sys

import botocore
import botocore.session
from botocore.config import Config
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import ClientError, EndpointProviderError
from botocore.model import ServiceModel
from botocore.serialize import create_serializer

LOADER = botocore.session.get_session().get_component('data_loader')


def models():
    for name in LOADER.list_available_services('service-2'):
        model = ServiceModel(LOADER.load_service_model(name, 'service-2'), name)
        if model.metadata.get('signatureVersion') in ('v4', 's3', 's3v4') and name != 'signin':
            yield name, model


def endpoints(regions):
    partitions = LOADER.load_data('partitions')
    found = {}
    for name, model in models():
        provider = EndpointProvider(LOADER.load_service_model(name, 'endpoint-rule-set-1'), partitions)
        hosts = {}
        for region in regions:
            variants = [variant(provider, region, fips, dual) for fips in (False, True) for dual in (False, True)]
            hosts[region] = variants
        found[name] = {'signingName': model.signing_name, 'hosts': hosts}
    return found


def variant(provider, region, fips, dual):
    try:
        endpoint = provider.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dual)
    except EndpointProviderError:
        return None
    schemes = endpoint.properties.get('authSchemes', [])
    signed = next((scheme.get('signingRegion') for scheme in schemes if scheme['name'] == 'sigv4'), None)
    return [endpoint.url.replace('https://', '').split('/')[0], signed or region]


def operations():
    partitions = LOADER.load_data('partitions')
    found = {}
    for name, model in models():
        provider = EndpointProvider(LOADER.load_service_model(name, 'endpoint-rule-set-1'), partitions)
        serializer = create_serializer(model.metadata['protocol'], include_validation=False)
        requests = {}
        for operation in model.operation_names:
            operation_model = model.operation_model(operation)
            shape = operation_model.input_shape
            request = serializer.serialize_to_request(sample(shape) if shape else {}, operation_model)
            requests[operation] = {**as_sent(request), 'target': host_of(provider, operation_model)}
        found[name] = {'signingName': model.signing_name, 'requests': requests}
    return found


def host_of(provider, operation):
    """The host that botocore would send an operation to, with `{}` for what comes from its input."""
    static = {one.name: one.value for one in operation.static_context_parameters}
    try:
        endpoint = provider.resolve_endpoint(Region='us-east-1', UseFIPS=False, UseDualStack=False, **static)
    except EndpointProviderError:
        return None
    prefix = re.sub(r'\{\w+\}', '{}', (operation.endpoint or {}).get('hostPrefix', ''))
    return prefix + endpoint.url.replace('https://', '')


def as_sent(request):
    path, _, query = request['url_path'].partition('?')
    more = request['query_string']
    pairs = [f'{key}={value}' for key, value in more.items()] if isinstance(more, dict) else [more] if more else []
    body = request['body']
    if isinstance(body, dict):
        body = '&'.join(f'{key}={value}' for key, value in body.items())
        request['headers'].setdefault('Content-Type', 'application/x-www-form-urlencoded; charset=utf-8')
    if isinstance(body, str):
        body = body.encode()
    return {
        'method': request['method'],
        'path': path,
        'query': '&'.join(([query] if query else []) + pairs),
        'headers': [[key, str(value)] for key, value in request['headers'].items()],
        'body': base64.b64encode(body[:2000] if isinstance(body, bytes) else b'').decode(),
    }


def sample(shape, depth=0):
    """A value with what is required in it, and nothing else."""
    kind = shape.type_name
    if kind == 'structure':
        wanted = [name for name in shape.required_members if name in shape.members] if depth < 6 else []
        return {name: sample(shape.members[name], depth + 1) for name in wanted}
    if kind in ('list', 'map'):
        return [] if kind == 'list' else {}
    if kind == 'string':
        return shape.enum[0] if shape.enum else 'sample'
    if kind == 'timestamp':
        return datetime.datetime(2024, 1, 1)
    return {'blob': b'sample', 'boolean': True}.get(kind, 1)


CALLS = [
    ('cloudfront', 'list_distributions', {}),
    ('cloudwatch', 'list_metrics', {}),
    ('arc-region-switch', 'list_plans', {}),
    ('dynamodb', 'list_tables', {}),
    ('ec2', 'describe_regions', {}),
    ('iam', 'list_users', {}),
    ('kms', 'list_keys', {}),
    ('lambda', 'list_functions', {}),
    ('route53', 'list_hosted_zones', {}),
    ('s3', 'list_buckets', {}),
    ('s3', 'get_object', {'Bucket': 'bucket', 'Key': 'key'}),
    ('ses', 'list_identities', {}),
    ('sesv2', 'list_contact_lists', {}),
    ('sqs', 'list_queues', {}),
    ('sts', 'get_caller_identity', {}),
]


def errors(address):
    session = botocore.session.get_session()
    config = Config(retries={'total_max_attempts': 1}, s3={'addressing_style': 'path'}, proxies={})
    found = {}
    for service, operation, parameters in CALLS:
        if service not in session.get_available_services():
            continue
        client = session.create_client(
            service,
            region_name='us-east-1',
            endpoint_url=address,
            aws_access_key_id='AKIAIOSFODNN7EXAMPLE',
            aws_secret_access_key='made-up',
            config=config,
        )
        try:
            getattr(client, operation)(**parameters)
        except ClientError as error:
            found[f'{service} {operation}'] = [error.response['Error'].get('Code'), error.response['Error'].get('Message')]
    return found


if __name__ == '__main__':
    asked = sys.argv[1]
    if asked == 'version':
        answer = botocore.__version__
    else:
        answers = {'endpoints': lambda: endpoints(sys.argv[2:]), 'operations': operations, 'errors': lambda: errors(sys.argv[2])}
        answer = answers[asked]()
    json.dump(answer, sys.stdout)
