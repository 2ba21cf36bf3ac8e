#!/usr/bin/env python3
"""Writes what Rolegate knows about AWS services, from the public models of botocore (the AWS SDK for Python).

    python3 scripts/renew-aws-services.py /path/to/site-packages/botocore

The path is that of an installed botocore package (`python3 -c "import botocore; print(botocore.__path__[0])"`); its
endpoint rules are evaluated by its own code. Nothing is fetched. Take the newest botocore there is.

Source:  https://github.com/boto/botocore, folder botocore/data
Licence: Apache-2.0 (copyright Amazon.com, Inc. or its affiliates), as is the project

Written are, sorted and one entry on a line, so that a renewal can be read as a diff:

    src-shared/aws/data/partitions.generated.json        partitions, their DNS suffixes and regions
    src-shared/aws/data/services.generated.json          each service's signing name, hosts and protocols
    src-shared/aws/data/routes.generated.json            which host, where a signing name is not enough to tell
    src-service/audit/data/operations.generated.json     method and path of every REST operation
    docs/endpoint-mode.md                                the lists between the markers
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True

from aws_services import docs, hosts, operations, routes, writing  # noqa: E402
from aws_services.models import Models  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


def main(arguments):
    if len(arguments) != 1 or not (Path(arguments[0]) / 'data').is_dir():
        sys.exit(f'usage: {sys.argv[0]} /path/to/site-packages/botocore')
    models = Models(Path(arguments[0]))
    services = hosts.describe_services(models)
    groups = routes.describe_groups(models, services)

    shared = ROOT / 'src-shared' / 'aws' / 'data'
    source = models.source
    written = [
        writing.write_json(shared / 'partitions.generated.json', {**source, 'partitions': models.partitions_by_id()}),
        writing.write_json(shared / 'services.generated.json', {**source, 'services': services}),
        writing.write_json(shared / 'routes.generated.json', {**source, 'groups': groups}),
        writing.write_json(
            ROOT / 'src-service' / 'audit' / 'data' / 'operations.generated.json',
            {**source, 'services': operations.describe_operations(models)},
        ),
        docs.write_lists(ROOT / 'docs' / 'endpoint-mode.md', models, services),
    ]
    for file, size in written:
        print(f'{size:>8,} bytes  {file.relative_to(ROOT)}')


if __name__ == '__main__':
    main(sys.argv[1:])
