"""The service: an HTTP server on the standard library."""

NAME = ${{ values.name | dump }}
VERSION = "0.1.0"
