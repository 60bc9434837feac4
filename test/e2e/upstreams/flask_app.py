"""A Flask application that writes CORS headers by hand, as guides show it, for an origin that is no longer right."""

from flask import Flask, jsonify, redirect, request
from werkzeug.serving import make_server

app = Flask(__name__)
users = {1: {'id': 1, 'name': 'Ada'}}


@app.after_request
def add_cors(response):
    response.headers.add('Access-Control-Allow-Origin', 'https://yourdomain.com')
    response.headers.add('Access-Control-Allow-Methods', 'GET, POST')
    return response


@app.route('/api/users', methods=['GET', 'POST'])
def all_users():
    if request.method == 'GET':
        return jsonify(list(users.values()))
    name = (request.get_json(silent=True) or {}).get('name') or request.get_data(as_text=True)
    user = {'id': max(users) + 1, 'name': name}
    users[user['id']] = user
    return jsonify(user), 201


@app.route('/api/users/<int:number>', methods=['GET', 'PUT'])
def one_user(number):
    if request.method == 'PUT':
        users[number] = {'id': number, 'name': request.get_json()['name']}
    return jsonify(users[number])


@app.route('/api/moved')
def moved():
    return redirect('/api/users')


server = make_server('127.0.0.1', 0, app, threaded=True)
print(f'listening on {server.server_port}', flush=True)
server.serve_forever()
