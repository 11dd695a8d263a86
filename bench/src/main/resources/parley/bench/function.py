"""The straight Python function that `./parley bench lambda` compares with.

Per record of the change stream that is a message: who is in the conversation, and one conditional
update of each member's inbox row. What a first draft does, with the SDK that Lambda brings along.
"""

import http.client
import json
import os

import boto3

client = boto3.client("dynamodb")
table = os.environ["PARLEY_TABLE"]
members = {}


def of(conversation):
    if conversation not in members:
        head = client.get_item(
            TableName=table,
            Key={"PK": {"S": conversation}, "SK": {"S": "~HEAD"}},
            ConsistentRead=True,
        )
        members[conversation] = head["Item"]["members"]["SS"]
    return members[conversation]


def project(image):
    conversation = image["PK"]["S"]
    for user in of(conversation):
        try:
            client.update_item(
                TableName=table,
                Key={"PK": {"S": "U#" + user}, "SK": {"S": conversation}},
                UpdateExpression="SET lastSeq = :seq, lastN = :n, lastAt = :at,"
                " lastFrom = :from, preview = :preview",
                ConditionExpression="attribute_not_exists(lastSeq) OR lastSeq < :seq",
                ExpressionAttributeValues={
                    ":seq": {"N": str(int(image["SK"]["S"][2:]))},
                    ":n": image["n"],
                    ":at": image["at"],
                    ":from": image["from"],
                    ":preview": {"S": image["text"]["S"][:160]},
                },
            )
        except client.exceptions.ConditionalCheckFailedException:
            pass  # A newer message is shown already.


def handle(event):
    for record in event["Records"]:
        image = record["dynamodb"].get("NewImage")
        if image is not None and image["SK"]["S"].startswith("M#"):
            project(image)
    return {"batchItemFailures": []}


def main():
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    root = "/2018-06-01/runtime/invocation/"
    while True:
        api.request("GET", root + "next")
        response = api.getresponse()
        invocation = response.headers["Lambda-Runtime-Aws-Request-Id"]
        event = json.loads(response.read())
        api.request("POST", root + invocation + "/response", json.dumps(handle(event)))
        api.getresponse().read()


main()
