"""Signs requests as botocore does: a JSON list of them comes in, one of signed requests goes out."""

import json
import sys
from urllib.parse import urlsplit

from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def signed(one):
    credentials = Credentials(one["accessKeyId"], one["secretAccessKey"], one.get("sessionToken"))
    request = AWSRequest(method=one["method"], url=one["url"], data=one["body"].encode())
    for name, value in one["headers"]:
        request.headers.add_header(name, value)
    is_s3 = one["service"] == "s3"
    if one["place"] == "query":
        signer = S3SigV4QueryAuth if is_s3 else SigV4QueryAuth
        signer(credentials, one["service"], one["region"], expires=one["expires"]).add_auth(request)
    else:
        signer = S3SigV4Auth if is_s3 else SigV4Auth
        signer(credentials, one["service"], one["region"]).add_auth(request)
    prepared = request.prepare()
    url = urlsplit(prepared.url)
    return {
        "path": url.path or "/",
        "query": url.query,
        "headers": [
            [name, value if isinstance(value, str) else value.decode()] for name, value in request.headers.items()
        ],
    }


print(json.dumps([signed(one) for one in json.load(sys.stdin)]))
