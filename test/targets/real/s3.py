# A local S3, LocalStack, with a bucket for each pair of a port and a text: the rules are put as `aws s3api put-bucket-cors` puts them.
import json
import os
import re
import sys
import threading

with open(sys.argv[1]) as file:
    spots = json.load(file)
folder = os.path.dirname(sys.argv[1])
gate = sys.argv[2]
HOST = 's3.localhost.localstack.cloud'
os.environ.update(
    SERVICES='s3',
    STRICT_SERVICE_LOADING='1',
    DISABLE_EVENTS='1',
    SKIP_SSL_CERT_DOWNLOAD='1',
    DNS_ADDRESS='0',
    S3_SKIP_SIGNATURE_VALIDATION='1',
    GATEWAY_LISTEN=f'127.0.0.1:{gate}',
    FILESYSTEM_ROOT=folder,
    HOME=folder,
    TMPDIR=folder,
    XDG_CACHE_HOME=folder,
)

import boto3
from botocore.config import Config
from localstack.aws.app import LocalstackAwsGateway
from rolo.gateway.wsgi import WsgiGateway
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log(self, *args):
        pass


own = WsgiGateway(LocalstackAwsGateway())
one_at_a_time = threading.Lock()


def gateway(environ, start_response):
    with one_at_a_time:
        parts = own(environ, start_response)
        try:
            return [b''.join(parts)]
        finally:
            # It holds a lock on the file until then.
            getattr(parts, 'close', lambda: None)()


def of_bucket(bucket):
    def application(environ, start_response):
        environ['HTTP_HOST'] = f'{bucket}.{HOST}:{gate}'
        return gateway(environ, start_response)

    return application


def serve(port, application):
    server = make_server('127.0.0.1', int(port), application, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever).start()


serve(gate, gateway)
client = boto3.client(
    's3',
    endpoint_url=f'http://127.0.0.1:{gate}',
    region_name='us-east-1',
    aws_access_key_id='test',
    aws_secret_access_key='test',
    config=Config(s3={'addressing_style': 'path'}, retries={'max_attempts': 1}, proxies={}),
)
for port, text in spots:
    bucket = f'bucket-{port}'
    client.create_bucket(Bucket=bucket)
    for key in ['x', 'stream']:
        client.put_object(Bucket=bucket, Key=key, Body=b'abc', Metadata={'secret': '1'})
    rules = re.search(r"<<'JSON'\n(.*?)\nJSON\n", text, re.DOTALL)
    # A policy of which nothing can be written leaves a bucket without rules.
    if rules is None:
        continue
    client.put_bucket_cors(Bucket=bucket, CORSConfiguration=json.loads(rules.group(1)))
for port, _ in spots:
    serve(port, of_bucket(f'bucket-{port}'))
