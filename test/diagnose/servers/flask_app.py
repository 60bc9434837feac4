# A Flask application, with the mistakes that people make. Its port is its argument.
import sys

from flask import Flask, Response

app = Flask(__name__)


@app.after_request
def after(response):
    return response


@app.route('/plain', methods=['GET', 'PUT'])
def plain():
    return {'ok': True}


@app.route('/slash/', methods=['GET', 'PUT'])
def slash():
    return {'ok': True}


@app.route('/wildcard', methods=['GET'])
def wildcard():
    return Response('{}', headers={'Access-Control-Allow-Origin': '*'})


@app.route('/throws', methods=['GET'])
def throws():
    raise RuntimeError('no')


@app.route('/true', methods=['GET'])
def true():
    return Response('{}', headers={'Access-Control-Allow-Origin': 'https://app.example.com', 'Access-Control-Allow-Credentials': 'True'})


app.run('127.0.0.1', int(sys.argv[1]), debug=False)
