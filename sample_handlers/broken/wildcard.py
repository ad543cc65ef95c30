"""Broken: "*" beside Allow-Credentials. It works until the page calls with credentials: "include"."""


def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Methods": "GET,PUT",
            "Set-Cookie": "seen=yes; Path=/; SameSite=Lax",
        },
        "body": "{}",
    }
