# A Flask application with Flask-CORS: port, then a mistake by name or a snippet as JSON (what the printed configuration would say).
import json
import sys

from flask import Flask, abort, request
from flask_cors import CORS, cross_origin

port, mode = int(sys.argv[1]), sys.argv[2]
ORIGIN = 'https://app.example.com'
MISTAKES = {
    'resources': lambda: CORS(app, resources={r'/api/*': {'origins': ORIGIN}}),
    'no-credentials': lambda: CORS(app, origins=[ORIGIN]),
    'wildcard': lambda: CORS(app, supports_credentials=False, send_wildcard=True),
    'slash': lambda: CORS(app, origins=[f'{ORIGIN}/']),
    'headers': lambda: CORS(app, origins=[ORIGIN], allow_headers=['Content-Type']),
    'methods': lambda: CORS(app, origins=[ORIGIN], methods=['GET', 'POST']),
    'unlisted': lambda: CORS(app, origins=['https://other.example.com']),
    'decorated': lambda: None,
    'guarded': lambda: (CORS(app, origins=[ORIGIN], allow_headers=['Authorization']), app.before_request(guard)),
}

app = Flask(__name__)


def guard():
    if request.headers.get('Authorization') is None:
        abort(401)


@app.route('/items', methods=['GET', 'PUT'])
def items():
    return {'ok': True}


@app.route('/slash/', methods=['GET', 'PUT'])
def slash():
    return {'ok': True}


# The decorator below the route, and without automatic OPTIONS: the preflight never reaches it.
@app.route('/decorated', methods=['GET', 'PUT'])
@cross_origin(origins=[ORIGIN], automatic_options=False)
def decorated():
    return {'ok': True}


if mode in MISTAKES:
    MISTAKES[mode]()
else:
    exec(json.loads(mode), {'app': app})

app.run('127.0.0.1', port, debug=False)
