"""Posts what independent libraries sign to a running buddy-bridge, and the same with something changed.

Usage: signers.py BINARY FOLDER. Exit code 0 when every signed request was taken and every changed one was refused.
"""

import base64
import datetime
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import jwt
import nacl.signing
import standardwebhooks.webhooks
import svix.webhooks
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from slack_sdk.signature import SignatureVerifier

SECRET = "it's a secret to everybody, ünï"
KEY = base64.b64encode(bytes(range(32))).decode()
WHSEC = "whsec_" + KEY
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PUSH = b'{"ref": "refs/heads/main", "repository": {"full_name": "acme/web"}, "message": "gr\xc3\xbc\xc3\x9fe \\u001B"}'

ed25519 = nacl.signing.SigningKey(bytes(range(32)))
rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def openssl(algorithm, message, key=SECRET.encode()):
    """The bytes of an HMAC, by the command line of OpenSSL."""
    options = ["-mac", "HMAC", "-macopt", "hexkey:" + key.hex(), "-binary"]
    return subprocess.run(
        ["openssl", "dgst", "-" + algorithm, *options], input=message, capture_output=True, check=True
    ).stdout


def github():
    return {**JSON, "X-GitHub-Event": "push", "X-Hub-Signature-256": "sha256=" + openssl("sha256", PUSH).hex()}, PUSH


def github_form():
    body = urllib.parse.urlencode({"payload": PUSH.decode()}).encode()
    return {**FORM, "X-GitHub-Event": "push", "X-Hub-Signature-256": "sha256=" + openssl("sha256", body).hex()}, body


def bare(header, event):
    return lambda: ({**JSON, event: "push", header: openssl("sha256", PUSH).hex()}, PUSH)


def form_over_json(header, event):
    """Gitea and Gogs sign the JSON text, also when they send a form."""
    body = urllib.parse.urlencode({"payload": PUSH.decode()}).encode()
    return lambda: ({**FORM, event: "push", header: openssl("sha256", PUSH).hex()}, body)


def hub(event):
    return lambda: ({**JSON, event: "push", "X-Hub-Signature": "sha256=" + openssl("sha256", PUSH).hex()}, PUSH)


def reviewboard():
    tag = "sha1=" + openssl("sha1", PUSH).hex()
    return {**JSON, "X-ReviewBoard-Event": "review_request_published", "X-Hub-Signature": tag}, PUSH


def teams():
    body = b'{"type":"message","id":"1","text":"<at>Bridge</at> deploy web","from":{"id":"29:1","name":"Mike"}}'
    tag = openssl("sha256", body, base64.b64decode(KEY))
    return {**JSON, "Authorization": "HMAC " + base64.b64encode(tag).decode()}, body


def sha512():
    stamp = str(int(time.time() * 1000)).encode()
    tag = base64.b64encode(openssl("sha512", b"v1:" + stamp + b":" + PUSH)).decode()
    return {**JSON, "X-Time": stamp.decode(), "X-Signature": tag}, PUSH


def slack():
    fields = {"command": "/deploy", "text": "web ü", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.2"}
    body = urllib.parse.urlencode(fields)
    stamp = str(int(time.time()))
    tag = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    return {**FORM, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": tag}, body.encode()


def standard(prefix, library, more=None):
    def sign():
        now = datetime.datetime.now(tz=datetime.timezone.utc)
        tag = library(WHSEC).sign("msg_1" + prefix, now, PUSH.decode())
        stamp = str(int(now.timestamp()))
        names = (prefix + "-id", prefix + "-timestamp", prefix + "-signature")
        return {**JSON, **(more or {}), **dict(zip(names, ("msg_1" + prefix, stamp, "v9,eA== " + tag)))}, PUSH

    return sign


def standard_ed25519():
    stamp = str(int(time.time()))
    tag = base64.b64encode(ed25519.sign(b"msg_2." + stamp.encode() + b"." + PUSH).signature).decode()
    return {**JSON, "webhook-id": "msg_2", "webhook-timestamp": stamp, "webhook-signature": "v1a," + tag}, PUSH


def discord():
    interaction = {"id": "1", "type": 2, "token": "t", "data": {"name": "deploy"}, "user": {"id": "1", "username": "m"}}
    body = json.dumps(interaction).encode()
    stamp = str(int(time.time()))
    tag = ed25519.sign(stamp.encode() + body).signature.hex()
    return {**JSON, "X-Signature-Timestamp": stamp, "X-Signature-Ed25519": tag}, body


def sourcehut():
    nonce = "0123456789abcdef"
    tag = base64.b64encode(ed25519.sign(PUSH + nonce.encode()).signature).decode()
    headers = {"X-Webhook-Event": "repo:post-update", "X-Payload-Nonce": nonce, "X-Payload-Signature": tag}
    return {**JSON, **headers}, PUSH


def googlechat():
    now = int(time.time())
    claims = {"iss": "chat@system.gserviceaccount.com", "aud": "1234567890", "iat": now, "exp": now + 3600}
    token = jwt.encode(claims, rsa_key, algorithm="RS256", headers={"kid": "k1"})
    message = {"name": "spaces/A/messages/1", "text": "/deploy web", "argumentText": "web"}
    event = {"type": "MESSAGE", "message": message, "user": {"name": "users/1"}, "space": {"name": "spaces/A"}}
    return {**JSON, "Authorization": "Bearer " + token}, json.dumps(event).encode()


def config():
    secrets = "secrets: [env:SECRET]"
    public = ed25519.verify_key.encode()
    whpk = base64.b64encode(public).decode()
    return {
        "github": ("github", secrets, [github, github_form]),
        "bitbucket": ("bitbucket", secrets, [hub("X-Event-Key")]),
        "bitbucket-server": ("bitbucket-server", secrets, [hub("X-Event-Key")]),
        "gitea": ("gitea", secrets, [f("X-Gitea-Signature", "X-Gitea-Event") for f in (bare, form_over_json)]),
        "forgejo": ("forgejo", secrets, [f("X-Forgejo-Signature", "X-Forgejo-Event") for f in (bare, form_over_json)]),
        "gogs": ("gogs", secrets, [f("X-Gogs-Signature", "X-Gogs-Event") for f in (bare, form_over_json)]),
        "pagure": ("pagure", secrets, [bare("X-Pagure-Signature-256", "X-Pagure-Topic")]),
        "sentry": ("sentry", secrets, [bare("Sentry-Hook-Signature", "Sentry-Hook-Resource")]),
        "reviewboard": ("reviewboard", secrets, [reviewboard]),
        "teams": ("teams", "secrets: [env:KEY]", [teams]),
        "hmac": (
            "hmac",
            secrets + ", timestamp: {header: X-Time, unit: ms}, signature: {header: X-Signature, algorithm: sha512, "
            "encoding: base64, message: 'v1:{timestamp}:{body}'}",
            [sha512],
        ),
        "slack": ("slack", secrets, [slack]),
        "gitlab": (
            "gitlab",
            "secrets: [env:WHSEC]",
            [standard("webhook", standardwebhooks.webhooks.Webhook, {"X-Gitlab-Event": "Push Hook"})],
        ),
        "standard": (
            "standard-webhooks",
            f"secrets: [env:WHSEC], public_keys: [whpk_{whpk}]",
            [
                standard("webhook", standardwebhooks.webhooks.Webhook),
                standard("svix", svix.webhooks.Webhook),
                standard_ed25519,
            ],
        ),
        "discord": ("discord", f"public_keys: ['{public.hex()}']", [discord]),
        "sourcehut": ("sourcehut", f"public_keys: ['{whpk}']", [sourcehut]),
        "googlechat": ("googlechat", "audience: '1234567890', keys: file:keys.json", [googlechat]),
    }


def write(folder, sources):
    pem = rsa_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with open(folder + "/keys.json", "w", encoding="utf-8") as file:
        json.dump({"k1": pem.decode()}, file)
    lines = ["buddy: {url: 'http://127.0.0.1:1', token: env:TOKEN}", "listen: {port: 0}", "sources:"]
    lines += [f"  {name}: {{provider: {provider}, {rest}}}" for name, (provider, rest, _) in sources.items()]
    lines += ["routes:", "  - name: all", f"    source: [{', '.join(sources)}]", "    when: {source: {exists: true}}"]
    lines += ["    allow: anyone", "    run: {domain: a, project: b, pipeline: 1}", ""]
    with open(folder + "/bridge.yaml", "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def start(binary, folder):
    environment = dict(os.environ, TOKEN="t", SECRET=SECRET, KEY=KEY, WHSEC=WHSEC)
    service = subprocess.Popen(
        [binary, "serve", "--dry-run", "--config", folder + "/bridge.yaml"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    seen = []
    for line in service.stderr:
        if line.startswith("{") and "port" in json.loads(line):
            return service, int(json.loads(line)["port"])
        seen.append(line)
    sys.exit("the service did not start:\n" + "".join(seen))


def post(port, name, headers, body):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/hooks/{name}", body, headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def spoil(headers, body):
    """The same with the signature, or what it signs, changed."""
    if headers.get("Authorization", "").startswith("Bearer "):
        head, claims, tag = headers["Authorization"].split(".")
        spoilt = tag[:-6] + ("AAAAAA" if tag[-6:] != "AAAAAA" else "BBBBBB")
        return {**headers, "Authorization": ".".join((head, claims, spoilt))}, body
    return headers, body.replace(b"e", b"E", 1)


def main():
    binary, folder = sys.argv[1:]
    sources = config()
    write(folder, sources)
    service, port = start(binary, folder)
    failed = 0
    count = 0
    try:
        for name, (_, _, signers) in sources.items():
            for sign in signers:
                headers, body = sign()
                status, text = post(port, name, headers, body)
                refused, _ = post(port, name, *spoil(headers, body))
                good = status == 200 and refused == 401
                failed += not good
                count += 1
                if not good:
                    print(f"{name}: {status} {text[:200]}, and changed: {refused}")
    finally:
        service.terminate()
        service.wait(30)
    print(f"{count} requests signed by other libraries: {count - failed} taken and, changed, refused; {failed} not.")
    sys.exit(1 if failed else 0)


main()
