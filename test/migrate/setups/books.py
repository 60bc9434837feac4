# A bookshop's API on Flask: one front end below every path, with cookies.
import sys

from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, resources={r"/*": {"origins": "http://localhost:43001"}}, supports_credentials=True)


@app.route("/x", methods=["GET", "PUT", "DELETE"])
def x():
    return "reached", 200, {"X-Total": "1"}


if __name__ == "__main__":
    app.run(port=int(sys.argv[1]))
