import Bridge

extension HostSample {
    static let bitbucket: [HostSample] = [
        .init(
            "bitbucket", "woodpecker/server/forge/bitbucket/fixtures/HookPush", "repo:push", .branch,
            tells: [
                .repositoryPath: ["martinherren1984/publictestrepo"], .repositoryName: ["publictestrepo"],
                .branch: ["main"], .commit: ["c14c1bb05dfb1fdcdf06b31485fff61b0ea44277"],
                .authorName: ["Martin Herren"], .authorEmail: ["martin.herren@yyy.com"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed", .paths: "no event of Bitbucket lists paths"]]),
        .init(
            "bitbucket", "go-playground-webhooks/testdata/bitbucket/repo-push", "repo:push", .branch,
            tells: [
                .repositoryPath: ["team_name/repo_name"], .repositoryName: ["repo_name"], .branch: ["name-of-branch"],
                .commit: ["709d658dc5b6d6afcd46049c2f332ee3f515a67d"], .authorName: ["Emma"],
            ],
            not: [
                Silence.noPullRequest,
                [
                    .tag: "a branch was pushed", .paths: "no event of Bitbucket lists paths",
                    .authorEmail: "this body has an account in the place of the author",
                ],
            ]),
        .init(
            "bitbucket", "go-playground-webhooks/testdata/bitbucket/pull-request-created", "pullrequest:created",
            .pullRequest,
            tells: [
                .repositoryPath: ["team_name/repo_name"], .repositoryName: ["repo_name"], .commit: ["d3022fc0ca3d"],
                .authorName: ["Emma"], .pullRequestNumber: ["1"], .pullRequestSourceBranch: ["branch2"],
                .pullRequestTargetBranch: ["master"],
            ],
            not: [
                Silence.noPush,
                [
                    .authorEmail: "Bitbucket keeps addresses of accounts to itself",
                    .pullRequestLabels: "pull requests at Bitbucket have no labels",
                ],
            ]),
        .init(
            "bitbucket", "woodpecker/server/forge/bitbucket/fixtures/HookPullRequestMerged", "pullrequest:fulfilled",
            .pullRequest,
            tells: [
                .repositoryPath: ["anbraten/test-2"], .repositoryName: ["test-2"], .commit: ["668218c13e04"],
                .authorName: ["Anbraten"], .pullRequestNumber: ["1"], .pullRequestSourceBranch: ["patch-2"],
                .pullRequestTargetBranch: ["main"],
            ],
            not: [
                Silence.noPush,
                [
                    .authorEmail: "Bitbucket keeps addresses of accounts to itself",
                    .pullRequestLabels: "pull requests at Bitbucket have no labels",
                ],
            ]),
        .init(
            "bitbucket", "go-playground-webhooks/testdata/bitbucket/pull-request-merged", "pullrequest:fulfilled",
            .pullRequest,
            tells: [
                .repositoryPath: ["team_name/repo_name"], .repositoryName: ["repo_name"], .commit: ["d3022fc0ca3d"],
                .authorName: ["Emma"], .pullRequestNumber: ["1"], .pullRequestSourceBranch: ["branch2"],
                .pullRequestTargetBranch: ["master"],
            ],
            not: [
                Silence.noPush,
                [
                    .authorEmail: "Bitbucket keeps addresses of accounts to itself",
                    .pullRequestLabels: "pull requests at Bitbucket have no labels",
                ],
            ]),
        .init(
            "bitbucket-server", "drone-go-scm/scm/driver/stash/testdata/webhooks/push", "repo:refs_changed", .branch,
            tells: [
                .repositoryPath: ["PRJ/my-repo"], .repositoryName: ["my-repo"], .branch: ["master"],
                .commit: ["823b2230a56056231c9425d63758fa87078a66b4"],
            ],
            not: [
                Silence.noPullRequest,
                [
                    .tag: "a branch was pushed", .paths: "no event of Bitbucket lists paths",
                    .authorName: "before version 8 only who pushed is told",
                    .authorEmail: "before version 8 only who pushed is told",
                ],
            ]),
        .init(
            "bitbucket-server", "woodpecker/server/forge/bitbucketdatacenter/fixtures/HookPush", "repo:refs_changed",
            .robot,
            tells: [
                .repositoryPath: ["DEV/deployment-automation"], .repositoryName: ["deployment-automation"],
                .branch: ["renovate-all"], .commit: ["76797d54bca87db6d1e3e82ee40622c7908aa514"],
                .authorName: ["Renovate Bot"], .authorEmail: ["renovatebot@example.com"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed", .paths: "no event of Bitbucket lists paths"]]),
        .init(
            "bitbucket-server", "go-playground-webhooks/testdata/bitbucket-server/repo-refs-changed",
            "repo:refs_changed", .deletion,
            tells: [.repositoryPath: ["~gopher/webhook-test"], .repositoryName: ["webhook-test"]],
            not: [Silence.noPullRequest, Silence.gone]),
        .init(
            "bitbucket-server", "woodpecker/server/forge/bitbucketdatacenter/fixtures/HookPullRequestOpened",
            "pr:opened", .pullRequest,
            tells: [
                .repositoryPath: ["DEV/network-monitor"], .repositoryName: ["network-monitor"],
                .commit: ["1c7589876bc8b5e83122b1656925d679915193d4"], .authorName: ["EXT Johnson Mike"],
                .authorEmail: ["mike.johnson@vendor.com"], .pullRequestNumber: ["125"],
                .pullRequestSourceBranch: ["PROJ-4596"], .pullRequestTargetBranch: ["main"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "pull requests at Bitbucket have no labels"]]),
        .init(
            "bitbucket-server", "woodpecker/server/forge/bitbucketdatacenter/fixtures/HookPullRequestOpenedFromFork",
            "pr:opened", .pullRequest,
            tells: [
                .repositoryPath: ["DEV/deployment-automation"], .repositoryName: ["deployment-automation"],
                .commit: ["716e510cecbe203618609cf103c54e040b949739"], .authorName: ["EXT Doe John"],
                .authorEmail: ["john.doe@example.com"], .pullRequestNumber: ["114"],
                .pullRequestSourceBranch: ["master"], .pullRequestTargetBranch: ["master"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "pull requests at Bitbucket have no labels"]]),
        .init(
            "bitbucket-server", "woodpecker/server/forge/bitbucketdatacenter/fixtures/HookPullRequestMerged",
            "pr:merged", .pullRequest,
            tells: [
                .repositoryPath: ["DEV/deployment-automation"], .repositoryName: ["deployment-automation"],
                .commit: ["993203acecdb65ffe947424d0917768b0e5c3903"], .authorName: ["EXT Doe John"],
                .authorEmail: ["john.doe@example.com"], .pullRequestNumber: ["111"],
                .pullRequestSourceBranch: ["PROJ-4584"], .pullRequestTargetBranch: ["master"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "pull requests at Bitbucket have no labels"]]),
        .init(
            "bitbucket-server", "go-playground-webhooks/testdata/bitbucket-server/pr-opened", "pr:opened", .pullRequest,
            tells: [
                .repositoryPath: ["~gopher/webhook-test"], .repositoryName: ["webhook-test"],
                .commit: ["32a0b8a740c2963c6f56bd8baf3dc05683d299e0"], .authorName: ["Foo Bar"],
                .authorEmail: ["gopher@foo.bar"], .pullRequestNumber: ["5"], .pullRequestSourceBranch: ["feature/wip"],
                .pullRequestTargetBranch: ["master"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "pull requests at Bitbucket have no labels"]]),
        .init(
            "bitbucket-server", "go-playground-webhooks/testdata/bitbucket-server/pr-merged", "pr:merged", .pullRequest,
            tells: [
                .repositoryPath: ["~gopher/webhook-test"], .repositoryName: ["webhook-test"],
                .commit: ["32a0b8a740c2963c6f56bd8baf3dc05683d299e0"], .authorName: ["Foo Bar"],
                .authorEmail: ["gopher@foo.bar"], .pullRequestNumber: ["5"], .pullRequestSourceBranch: ["feature/wip"],
                .pullRequestTargetBranch: ["master"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "pull requests at Bitbucket have no labels"]]),
    ]
}
