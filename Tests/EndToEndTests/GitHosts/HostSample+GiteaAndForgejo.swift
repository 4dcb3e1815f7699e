import Bridge

extension HostSample {
    static let giteaAndForgejo: [HostSample] = [
        .init(
            "gitea", "woodpecker/server/forge/gitea/fixtures/HookPushMulti", "push", .branch,
            tells: [
                .repositoryPath: ["Test-CI/multi-line-secrets"], .repositoryName: ["multi-line-secrets"],
                .branch: ["main"], .commit: ["29be01c073851cf0db0c6a466e396b725a670453"], .authorName: ["6543"],
                .authorEmail: ["6543@obermui.de"], .paths: ["aa", "aaa"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "gitea", "woodpecker/server/forge/gitea/fixtures/HookPushBranch", "push", .branch,
            tells: [
                .repositoryPath: ["meisam/woodpecktester"], .repositoryName: ["woodpecktester"], .branch: ["fdsafdsa"],
                .commit: ["28c3613ae62640216bea5e7dc71aa65356e4298b"], .authorName: ["meisam"],
                .authorEmail: ["meisam@noreply.codeberg.org"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed", .paths: "nothing was committed"]]),
        .init(
            "gitea", "woodpecker/server/forge/gitea/fixtures/HookPush", "push", .app,
            tells: [
                .repositoryPath: ["gordon/hello-world"], .repositoryName: ["hello-world"], .branch: ["main"],
                .commit: ["ef98532add3b2feb7a137426bba1248724367df5"], .authorName: ["Gordon the Gopher"],
                .authorEmail: ["gordon@golang.org"], .paths: ["CHANGELOG.md", "app/controller/application.rb"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "gitea", "woodpecker/server/forge/gitea/fixtures/HookTag", "create", .tag,
            tells: [
                .repositoryPath: ["gordon/hello-world"], .repositoryName: ["hello-world"], .tag: ["v1.0.0"],
                .commit: ["ef98532add3b2feb7a137426bba1248724367df5"],
            ],
            not: [
                Silence.noPullRequest,
                [
                    .branch: "a tag was pushed", .authorName: "only who pushed it is told",
                    .authorEmail: "only who pushed it is told", .paths: "nothing was committed",
                ],
            ]),
        .init(
            "gitea", "woodpecker/server/forge/gitea/fixtures/HookPullRequest", "pull_request", .pullRequest,
            tells: [
                .repositoryPath: ["gordon/hello-world"], .repositoryName: ["hello-world"],
                .commit: ["0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c"], .authorName: ["gordon"],
                .authorEmail: ["gordon@golang.org"], .pullRequestNumber: ["1"],
                .pullRequestSourceBranch: ["feature/changes"], .pullRequestTargetBranch: ["main"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "it has none"]]),
        .init(
            "gitea", "woodpecker/server/forge/gitea/fixtures/HookPullRequestMerged", "pull_request", .pullRequest,
            tells: [
                .repositoryPath: ["anbraten/test-repo"], .repositoryName: ["test-repo"],
                .commit: ["d555a5dd07f4d0148a58d4686ec381502ae6a2d4"], .authorName: ["anbraten"],
                .authorEmail: ["anbraten@noreply.gitea.com"], .pullRequestNumber: ["1"],
                .pullRequestSourceBranch: ["anbraten-patch-1"], .pullRequestTargetBranch: ["main"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "it has none"]]),
        .init(
            "gitea", "woodpecker/server/forge/gitea/fixtures/HookPullRequestAddLabel", "pull_request", .labelled,
            tells: [
                .repositoryPath: ["a_nice_user/hello_world_ci"], .repositoryName: ["hello_world_ci"],
                .commit: ["07977177c2cd7d46bad37b8472a9d50e7acb9d1f"], .authorName: ["jony"],
                .authorEmail: ["jony@noreply.example.org"], .pullRequestNumber: ["7"],
                .pullRequestSourceBranch: ["jony-patch-1"], .pullRequestTargetBranch: ["main"],
                .pullRequestLabels: ["bug", "help wanted"],
            ],
            not: [Silence.noPush]),
        .init(
            "gitea", "go-playground-webhooks/testdata/gitea/push-event", "push", .branch,
            tells: [
                .repositoryPath: ["example/example"], .repositoryName: ["example"], .branch: ["master"],
                .commit: ["67b56589a45103f891bdee7c0546e5d40bc02001"], .authorName: ["example"],
                .authorEmail: ["example@example.com"], .paths: ["example"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "gitea", "go-playground-webhooks/testdata/gitea/create-event", "create", .branch,
            tells: [
                .repositoryPath: ["example/example"], .repositoryName: ["example"], .branch: ["master"],
                .commit: ["67b56589a45103f891bdee7c0546e5d40bc02001"],
            ],
            not: [
                Silence.noPullRequest,
                [
                    .tag: "a branch was created", .authorName: "only who pushed it is told",
                    .authorEmail: "only who pushed it is told", .paths: "nothing was committed",
                ],
            ]),
        .init(
            "gitea", "go-playground-webhooks/testdata/gitea/delete-event", "delete", .deletion,
            tells: [.repositoryPath: ["example/example"], .repositoryName: ["example"]],
            not: [Silence.noPullRequest, Silence.gone]),
        .init(
            "gitea", "go-playground-webhooks/testdata/gitea/pull-request-event", "pull_request", .pullRequest,
            tells: [
                .repositoryPath: ["example/example"], .repositoryName: ["example"],
                .commit: ["48e773f892a831faa47c0a160d1b7f0cd369ae2a"], .authorName: ["example2"],
                .authorEmail: ["example2@example2.com"], .pullRequestNumber: ["2"],
                .pullRequestSourceBranch: ["master"], .pullRequestTargetBranch: ["master"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "it has none"]]),
        .init(
            "gitea", "go-playground-webhooks/testdata/gitea/pull-request-label-event", "pull_request_label", .labelled,
            tells: [
                .repositoryPath: ["example/example"], .repositoryName: ["example"],
                .commit: ["48e773f892a831faa47c0a160d1b7f0cd369ae2a"], .authorName: ["example2"],
                .authorEmail: ["example2@example2.com"], .pullRequestNumber: ["2"],
                .pullRequestSourceBranch: ["master"], .pullRequestTargetBranch: ["master"], .pullRequestLabels: ["bug"],
            ],
            not: [Silence.noPush]),
        .init(
            "forgejo", "woodpecker/server/forge/forgejo/fixtures/HookPushMulti", "push", .branch,
            tells: [
                .repositoryPath: ["Test-CI/multi-line-secrets"], .repositoryName: ["multi-line-secrets"],
                .branch: ["main"], .commit: ["29be01c073851cf0db0c6a466e396b725a670453"], .authorName: ["6543"],
                .authorEmail: ["6543@obermui.de"], .paths: ["aa", "aaa"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "forgejo", "woodpecker/server/forge/forgejo/fixtures/HookPushBranch", "push", .branch,
            tells: [
                .repositoryPath: ["meisam/woodpecktester"], .repositoryName: ["woodpecktester"], .branch: ["fdsafdsa"],
                .commit: ["28c3613ae62640216bea5e7dc71aa65356e4298b"], .authorName: ["meisam"],
                .authorEmail: ["meisam@noreply.codeberg.org"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed", .paths: "nothing was committed"]]),
        .init(
            "forgejo", "woodpecker/server/forge/forgejo/fixtures/HookPush", "push", .app,
            tells: [
                .repositoryPath: ["gordon/hello-world"], .repositoryName: ["hello-world"], .branch: ["main"],
                .commit: ["ef98532add3b2feb7a137426bba1248724367df5"], .authorName: ["Gordon the Gopher"],
                .authorEmail: ["gordon@golang.org"], .paths: ["CHANGELOG.md", "app/controller/application.rb"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "forgejo", "woodpecker/server/forge/forgejo/fixtures/HookTag", "create", .tag,
            tells: [
                .repositoryPath: ["gordon/hello-world"], .repositoryName: ["hello-world"], .tag: ["v1.0.0"],
                .commit: ["ef98532add3b2feb7a137426bba1248724367df5"],
            ],
            not: [
                Silence.noPullRequest,
                [
                    .branch: "a tag was pushed", .authorName: "only who pushed it is told",
                    .authorEmail: "only who pushed it is told", .paths: "nothing was committed",
                ],
            ]),
        .init(
            "forgejo", "woodpecker/server/forge/forgejo/fixtures/HookPullRequest", "pull_request", .pullRequest,
            tells: [
                .repositoryPath: ["gordon/hello-world"], .repositoryName: ["hello-world"],
                .commit: ["0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c"], .authorName: ["gordon"],
                .authorEmail: ["gordon@golang.org"], .pullRequestNumber: ["1"],
                .pullRequestSourceBranch: ["feature/changes"], .pullRequestTargetBranch: ["main"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "it has none"]]),
        .init(
            "forgejo", "woodpecker/server/forge/forgejo/fixtures/HookPullRequestMerged", "pull_request", .pullRequest,
            tells: [
                .repositoryPath: ["anbraten/test-repo"], .repositoryName: ["test-repo"],
                .commit: ["d555a5dd07f4d0148a58d4686ec381502ae6a2d4"], .authorName: ["anbraten"],
                .authorEmail: ["anbraten@noreply.forgejo.com"], .pullRequestNumber: ["1"],
                .pullRequestSourceBranch: ["anbraten-patch-1"], .pullRequestTargetBranch: ["main"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "it has none"]]),
        .init(
            "forgejo", "woodpecker/server/forge/forgejo/fixtures/HookPullRequestLabelAdded", "pull_request", .labelled,
            tells: [
                .repositoryPath: ["test_it/test_ci_thing"], .repositoryName: ["test_ci_thing"],
                .commit: ["36b5813240a9d2daa29b05046d56a53e18f39a3e"], .authorName: ["6543"],
                .authorEmail: ["6543@obermui.de"], .pullRequestNumber: ["1"],
                .pullRequestSourceBranch: ["6543-patch-1"], .pullRequestTargetBranch: ["main"],
                .pullRequestLabels: ["Kind/Documentation", "Kind/Enhancement"],
            ],
            not: [Silence.noPush]),
    ]
}
