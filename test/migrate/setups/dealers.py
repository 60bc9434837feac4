# A car dealer's API on Django: two front ends in development, and previews of a host where anyone can publish.
CORS_ALLOWED_ORIGINS = [
    "http://localhost:43001",
    "http://localhost:43002",
]
CORS_ALLOWED_ORIGIN_REGEXES = [
    r"^https://.*\.vercel\.app$",
]
CORS_ALLOW_CREDENTIALS = True
CORS_EXPOSE_HEADERS = ["X-Total"]
