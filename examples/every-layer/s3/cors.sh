# Policy cd7855b282f83844, written by corsmith.
# Where: The CORS configuration of the bucket; in the console (Permissions, Cross-origin resource
# sharing) paste the list inside CORSRules alone. Behind CloudFront the distribution has to forward
# Origin and the two Access-Control-Request-… headers.
# It replaces the rules of the bucket. Remove a CloudFront response headers policy that sets CORS as
# well.
# Note: S3 says Access-Control-Allow-Credentials: true to every origin that is listed, and nothing
# of credentials to "*". It says Vary only to an origin that a rule allows, so a cache in front has
# to keep Origin in its key. The tests run LocalStack in its place.
cat > cors.json <<'JSON'
{
  "CORSRules": [
    {
      "AllowedOrigins": [
        "https://app.example.com",
        "https://*.preview.example.com"
      ],
      "AllowedMethods": [
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "DELETE"
      ],
      "AllowedHeaders": [
        "Content-Type"
      ],
      "ExposeHeaders": [
        "ETag"
      ],
      "MaxAgeSeconds": 600
    }
  ]
}
JSON
aws s3api put-bucket-cors --bucket my-bucket --cors-configuration file://cors.json
