import Foundation
import TestSupport

@testable import BuddyBridge

/// One route file for every Git host, written with the fields that all of them have and nothing else. What differs from
/// sample to sample (whose repository, which commit) its maps make one: a value that a host tells wrong has no entry.
enum HostRules {
    static let hosts = [
        "github", "gitlab", "gitea", "forgejo", "gogs", "bitbucket", "bitbucket-server", "azure-devops",
    ]

    static func load() throws -> Configuration {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("hosts-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let sources = TestSender.all.filter { hosts.contains($0.description) }.map(\.yaml).joined()
        try (head + sources + routes + maps).write(to: file, atomically: true, encoding: .utf8)
        return try ConfigLoader.load(file.path, environment: TestSender.environment.merging(token) { one, _ in one }).0
    }

    private static let token = ["BUDDY_TOKEN": "token"]

    private static let head = """
        buddy: {token: env:BUDDY_TOKEN}
        sources:

        """

    private static let everyHost = "[\(hosts.joined(separator: ", "))]"

    private static let routes = """
        routes:
          - name: robots
            source: \(everyHost)
            when: {branch: {exists: true}, author.name: Renovate Bot, author.email: {suffix: "@example.com"}}
            run:
              domain: acme
              project: "{{ repository.path | map: projects }}"
              pipeline: robots
              execution: {scheduled: only, revision: "{{ commit | map: tips }}"}
          - name: app
            source: \(everyHost)
            when: {branch: {in: lanes}, paths: {glob: "app/**"}}
            run:
              domain: acme
              project: "{{ repository.path | map: projects }}"
              pipeline: app
              execution:
                scheduled: only
                branch: "{{ branch | map: lanes }}"
                revision: "{{ commit | map: tips }}"
          - name: site
            source: \(everyHost)
            when: {branch: {in: lanes}, repository.name: {in: names}}
            run:
              domain: acme
              project: "{{ repository.name | map: names }}"
              pipeline: site
              execution:
                scheduled: only
                branch: "{{ branch | map: lanes }}"
                revision: "{{ commit | map: tips }}"
          - name: releases
            source: \(everyHost)
            when: {tag: {exists: true}}
            run:
              domain: acme
              project: "{{ repository.path | map: projects }}"
              pipeline: release
              execution:
                scheduled: only
                tag: "{{ tag | map: versions }}"
                revision: "{{ commit | map: tips }}"
          - name: previews
            source: \(everyHost)
            when: {pull_request.target_branch: {in: lanes}, pull_request.labels: {in: labels}}
            run:
              domain: acme
              project: "{{ repository.path | map: projects }}"
              pipeline: preview
              execution: {scheduled: only, comment: "{{ pull_request.source_branch | map: topics }}"}
          - name: reviews
            source: \(everyHost)
            when: {pull_request.target_branch: {in: lanes}}
            run:
              domain: acme
              project: "{{ repository.path | map: projects }}"
              pipeline: review
              execution:
                scheduled: only
                branch: "{{ pull_request.target_branch | map: lanes }}"
                comment: "{{ pull_request.number | map: numbers }} {{ pull_request.source_branch | map: topics }}"

        """

    private static let maps = """
        maps:
          projects: {'6543/oxiduct': shop, '6543/test_ci_tmp': shop, 'Codertocat/Hello-World': shop,
            'DEV/deployment-automation': shop, 'DEV/network-monitor': shop,
            'Fabrikam-Fiber-Git/Fabrikam-Fiber-Git': shop, 'Fabrikam/Fabrikam': shop, 'PRJ/my-repo': shop,
            'Test-CI/multi-line-secrets': shop, 'a_nice_user/hello_world_ci': shop,
            'anbraten/test-2': shop, 'anbraten/test-ready-release-go': shop, 'anbraten/test-repo': shop,
            'anbraten/woodpecker-test': shop, 'baxterthehacker/public-repo': shop,
            'binkkatal/sample_app': shop, 'demoaccount2-commits-group/test_ci_tmp': shop,
            'example/example': shop, 'gitlabhq/gitlab-test': shop, 'gogits/hello-world': shop,
            'gordon/hello-world': shop, 'jsmith/example': shop, 'martinherren1984/publictestrepo': shop,
            'meisam/woodpecktester': shop, 'mike/diaspora': shop, 'team_name/repo_name': shop,
            'test/woodpecker': shop, 'test_it/test_ci_thing': shop, 'unknwon/webhooks': shop,
            'user/repo': shop, 'woodpecker-ci/woodpecker': shop, '~gopher/webhook-test': shop}
          names: {'Fabrikam': shop, 'Fabrikam-Fiber-Git': shop, 'Hello-World': shop,
            'deployment-automation': shop, 'diaspora': shop, 'example': shop, 'gitlab-test': shop,
            'hello-world': shop, 'hello_world_ci': shop, 'multi-line-secrets': shop, 'my-repo': shop,
            'network-monitor': shop, 'oxiduct': shop, 'public-repo': shop, 'publictestrepo': shop,
            'repo': shop, 'repo_name': shop, 'sample_app': shop, 'test-2': shop,
            'test-ready-release-go': shop, 'test-repo': shop, 'test_ci_thing': shop, 'test_ci_tmp': shop,
            'webhook-test': shop, 'webhooks': shop, 'woodpecker': shop, 'woodpecker-test': shop,
            'woodpecktester': shop}
          lanes: {'develop': production, 'fdsafdsa': production, 'feature-branch': production,
            'main': production, 'master': production, 'name-of-branch': production}
          versions: {'0.0.1': v1, 'the-tag-v1': v1, 'v1.0.0': v1, 'v22': v1}
          tips: {'16862e368d8ab812e48833b741dad720d6e2cb7f': tip,
            '199eddf46df50de8d02e99bf1c5fdb4101338224': tip,
            '28c3613ae62640216bea5e7dc71aa65356e4298b': tip,
            '29be01c073851cf0db0c6a466e396b725a670453': tip,
            '33b55f7cb7e7e245323987634f960cf4a6e6bc74': tip,
            '366701fde727cb7a9e7f21eb88264f59f6f9b89c': tip,
            '5937ac0a7beb003549fc5fd26fc247adbce4a52e': tip,
            '67012991d6c69b1c58378346fca366b864d8d1a1': tip,
            '67b56589a45103f891bdee7c0546e5d40bc02001': tip,
            '709d658dc5b6d6afcd46049c2f332ee3f515a67d': tip,
            '76797d54bca87db6d1e3e82ee40622c7908aa514': tip,
            '823b2230a56056231c9425d63758fa87078a66b4': tip,
            '82b3d5ae55f7080f1e6022629cdb57bfae7cccc7': tip,
            'bffeb74224043ba2feb48d137756c8a9331c449a': tip,
            'c14c1bb05dfb1fdcdf06b31485fff61b0ea44277': tip,
            'da1560886d4f094c3e6c9ef40349f7d38b5d27d7': tip,
            'ef98532add3b2feb7a137426bba1248724367df5': tip,
            'f7220f1f753260bf6f1c533357c70213e9fd4abe': tip,
            'fd489864e7642b48eaad6e3f155c10e46810ec72': tip}
          numbers: {'1': one, '2': one, '3': one, '4': one, '5': one, '7': one, '62': one, '111': one,
            '114': one, '125': one}
          topics: {'6543-patch-1': topic, 'PROJ-4584': topic, 'PROJ-4596': topic,
            'anbraten-patch-1': topic, 'anbraten-patch-3': topic, 'branch2': topic, 'changes': topic,
            'feature': topic, 'feature/changes': topic, 'feature/wip': topic, 'jony-patch-1': topic,
            'master': topic, 'ms-viewport': topic, 'mytopic': topic, 'patch-1': topic, 'patch-2': topic,
            'real6543-main-patch-42541': topic}
          labels: {'Kind/Documentation': preview, 'Kind/Enhancement': preview, 'bug': preview,
            'documentation': preview, 'enhancement': preview, 'good first issue': preview,
            'help wanted': preview}

        """
}
