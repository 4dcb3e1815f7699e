/// The file of DESIGN §5.1, as far as this version takes it. Left out: `tests:`, and the journal's `env:DATABASE_URL`.
/// Changed: the file of the secret, which is beside the configuration here, and where some lines end.
enum DesignExample {
    static let yaml = #"""
        buddy:
          url: https://api.buddy.works          # or api.eu…, api.asia…, https://own-host/api (path prefix kept)
          token: env:BUDDY_TOKEN                # secrets are always references: env:NAME or file:/path
          timeout: 30s
          # ca: own-host.pem                    # a private certificate authority
          workspaces: {beta: {token: env:ACME_TOKEN, url: https://api.eu.buddy.works}}   # inherit what they do not say
        listen: {host: 127.0.0.1, port: 8080, trusted_proxies: [127.0.0.0/8]}
        admin:  {host: 127.0.0.1, port: 8081, token: env:BRIDGE_ADMIN_TOKEN}  # without a token there is no admin port
        journal: sqlite:data/bridge.sqlite      # or env:DATABASE_URL holding postgres://…
        sources:
          github: {provider: github, secrets: [env:GITHUB_SECRET, env:GITHUB_SECRET_OLD]}   # several = rotation
          slack:  {provider: slack,  secrets: [env:SLACK_SIGNING_SECRET]}
          builds:                                # anything that signs with an HMAC
            provider: hmac
            secrets: [file:builds.secret]
            signature:
              {header: X-Signature, algorithm: sha256, key: text, encoding: hex, prefix: "sha256=",
              message: "{timestamp}.{id}.{body}"}
            timestamp: {header: X-Timestamp, unit: s}
            id: {header: X-Delivery}
            event: {payload: type}               # or {header: X-Event}
        groups: {admins: [U012AB3CD], qa: [U045AAAAA, U067BBBBB]}
        maps:
          pipelines: {acme/web: 41, acme/shop: release}
        routes:
          - name: release-on-main
            source: github                       # a name, or a list of names
            when:
              event: push
              branch: main
              repository.path: {in: pipelines}   # a list, or a map's keys
            run:
              domain: acme
              project: "{{ repository.name | lower }}"
              pipeline: "{{ repository.path | map: pipelines }}"      # number, or identifier text that Buddy resolves
              execution: {scheduled: earliest, within: 12h, revision: "{{ commit }}"}
          - name: deploy-from-slack
            source: slack
            when: {command: /deploy}
            usage: "/deploy SERVICE [EXECUTION]"
            allow: [{groups: [admins]}, {groups: [qa], channels: [C0RELEASE]}]   # or one map
            run:
              {domain: acme, project: "{{ args.0 }}", pipeline: release,
              execution: "{{ args.1 | default: earliest }}"}

        """#

    /// The optional sections with their defaults. Left out: `limits.json_depth` and
    /// `retention.deliveries`.
    static let defaults = """
        limits: {body: 25MiB, in_flight: 128MiB, header: 32KiB, body_time: 10s, connections: 1024}   # chats: body 1MiB
        dispatch: {concurrency: 8, lease: 60s, retry: {first: 1s, longest: 5m, give_up_after: 24h}, list_pages: 5,
          waiting_statuses: [INITIAL, ENQUEUED]}
        retention: {age: 30d}
        log: {format: json, level: info}                # text on a terminal

        """

    static let environment = [
        "BUDDY_TOKEN": "t0", "ACME_TOKEN": "t1", "BRIDGE_ADMIN_TOKEN": "t2", "GITHUB_SECRET": "new",
        "GITHUB_SECRET_OLD": "old", "SLACK_SIGNING_SECRET": "signing",
    ]

    /// Loads the example, with more sections at its end.
    static func load(adding more: String = "") throws -> (Loaded, ConfigFolder) {
        let folder = try ConfigFolder()
        try folder.write((yaml + more).utf8)
        try folder.write("built\n".utf8, to: "builds.secret")
        return (folder.load(environment: environment), folder)
    }
}
