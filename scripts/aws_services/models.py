"""botocore's models, read by botocore's own code."""

import re
import sys
from collections import Counter
from functools import cache

# Services that no request signed with SigV4 is ever for.
NOT_SIGNED = {'signin'}


class Model:
    """One service: its newest API version."""

    def __init__(self, service_id, service, rules):
        self.id = service_id
        self.metadata = service['metadata']
        self.operations = service['operations']
        self.shapes = service['shapes']
        self.rules = rules

    @property
    def signing_name(self):
        return self.metadata.get('signingName') or self.metadata['endpointPrefix']

    @property
    def endpoint_prefix(self):
        return self.metadata['endpointPrefix']

    @property
    def is_rest(self):
        return self.metadata['protocol'].startswith('rest-')

    @property
    def protocols(self):
        """The protocols that the service speaks, the one that new clients prefer first."""
        names = self.metadata.get('protocols') or [self.metadata['protocol']]
        json = f"json{self.metadata.get('jsonVersion', '1.0')}"
        words = [{'smithy-rpc-v2-cbor': 'cbor', 'json': json}.get(name, name) for name in names]
        return words + (['query-errors'] if 'awsQueryCompatible' in self.metadata else [])

    def static_parameters(self, operation):
        """Values that an operation always gives to the endpoint rules, as (name, value) pairs."""
        static = self.operations[operation].get('staticContextParams', {})
        return tuple(sorted((name, entry['value']) for name, entry in static.items()))

    def usual_parameters(self):
        """The static parameters that most operations give."""
        counted = Counter(self.static_parameters(operation) for operation in self.operations)
        return counted.most_common(1)[0][0]


class Models:
    def __init__(self, package):
        sys.path.insert(0, str(package.parent))
        import botocore
        from botocore.endpoint_provider import EndpointProvider
        from botocore.exceptions import EndpointProviderError
        from botocore.loaders import Loader
        from botocore.regions import EndpointResolver

        self._provider_class, self._provider_error = EndpointProvider, EndpointProviderError
        loader = Loader(extra_search_paths=[str(package / 'data')], include_default_search_paths=False)
        self.source = {
            'source': 'https://github.com/boto/botocore, botocore/data',
            'licence': 'Apache-2.0, Copyright Amazon.com, Inc. or its affiliates',
            'version': botocore.__version__,
        }
        self._partitions = loader.load_data('partitions')
        self.legacy = EndpointResolver(loader.load_data('endpoints'))
        self.legacy_partitions = loader.load_data('endpoints')['partitions']
        self.services = {}
        for service_id in loader.list_available_services('service-2'):
            model = Model(
                service_id,
                loader.load_service_model(service_id, 'service-2'),
                loader.load_service_model(service_id, 'endpoint-rule-set-1'),
            )
            signed = model.metadata['signatureVersion'] in ('v4', 's3', 's3v4')
            if signed and service_id not in NOT_SIGNED:
                self.services[service_id] = model
        self._providers = {}

    @cache
    def partitions_by_id(self):
        result = {}
        for partition in self._partitions['partitions']:
            outputs = partition['outputs']
            result[partition['id']] = {
                'dnsSuffix': outputs['dnsSuffix'],
                'dualStackDnsSuffix': outputs['dualStackDnsSuffix'],
                'implicitRegion': outputs['implicitGlobalRegion'],
                'regionPattern': partition['regionRegex'],
                'regions': {
                    region: entry['description']
                    for region, entry in sorted(partition['regions'].items())
                    if not region.endswith('-global')
                },
            }
        return result

    @cache
    def is_region(self, text):
        return any(re.fullmatch(entry['regionPattern'], text) for entry in self.partitions_by_id().values())

    @cache
    def owner_of_legacy(self, name, scope):
        """The model that an entry of endpoints.json is about: the one with its name, else the first that signs so."""
        named = [model for model in self.services.values() if model.endpoint_prefix == name]
        return next(iter(named or [model for model in self.services.values() if model.signing_name == scope]), None)

    def resolve(self, model, region, parameters=(), fips=False, dual_stack=False):
        """The endpoint that botocore would use, as (url, signing region), or None where its rules have none."""
        provider = self._providers.get(model.id)
        if provider is None:
            provider = self._providers[model.id] = self._provider_class(model.rules, self._partitions)
        try:
            endpoint = provider.resolve_endpoint(
                Region=region, UseFIPS=fips, UseDualStack=dual_stack, **dict(parameters)
            )
        except self._provider_error:
            return None
        schemes = endpoint.properties.get('authSchemes', [])
        signing_region = next((scheme.get('signingRegion') for scheme in schemes if scheme['name'] == 'sigv4'), None)
        return endpoint.url, signing_region or region
