import Bridge

extension HostSample {
    static let gitLab: [HostSample] = [
        .init(
            "gitlab", "woodpecker/server/forge/gitlab/fixtures/HookPush", "push", .branch,
            tells: [
                .repositoryPath: ["test/woodpecker"], .repositoryName: ["woodpecker"], .branch: ["main"],
                .commit: ["16862e368d8ab812e48833b741dad720d6e2cb7f"], .authorName: ["the test"],
                .authorEmail: ["test@test.test"], .paths: ["cmd/cli/main.go"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "gitlab", "go-playground-webhooks/testdata/gitlab/system-push-event", "push", .branch,
            tells: [
                .repositoryPath: ["mike/diaspora"], .repositoryName: ["diaspora"], .branch: ["master"],
                .commit: ["da1560886d4f094c3e6c9ef40349f7d38b5d27d7"],
            ],
            not: [
                Silence.noPullRequest,
                [
                    .tag: "a branch was pushed", .authorName: "the commit is not among those that this body lists",
                    .authorEmail: "the commit is not among those that this body lists",
                    .paths: "its commits name no paths",
                ],
            ]),
        .init(
            "gitlab", "go-playground-webhooks/testdata/gitlab/push-event", "push", .app,
            tells: [
                .repositoryPath: ["mike/diaspora"], .repositoryName: ["diaspora"], .branch: ["master"],
                .commit: ["da1560886d4f094c3e6c9ef40349f7d38b5d27d7"], .authorName: ["GitLab dev user"],
                .authorEmail: ["gitlabdev@dv6700.(none)"], .paths: ["CHANGELOG", "app/controller/application.rb"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "gitlab", "woodpecker/server/forge/gitlab/fixtures/HookTag", "tag_push", .tag,
            tells: [
                .repositoryPath: ["test/woodpecker"], .repositoryName: ["woodpecker"], .tag: ["v22"],
                .commit: ["16862e368d8ab812e48833b741dad720d6e2cb7f"], .authorName: ["the test"],
                .authorEmail: ["test@test.test"], .paths: ["cmd/cli/main.go"],
            ],
            not: [Silence.noPullRequest, [.branch: "a tag was pushed"]]),
        .init(
            "gitlab", "go-playground-webhooks/testdata/gitlab/tag-event", "tag_push", .tag,
            tells: [
                .repositoryPath: ["jsmith/example"], .repositoryName: ["example"], .tag: ["v1.0.0"],
                .commit: ["82b3d5ae55f7080f1e6022629cdb57bfae7cccc7"],
            ],
            not: [
                Silence.noPullRequest,
                [
                    .branch: "a tag was pushed", .authorName: "a tag on a known commit lists no commits",
                    .authorEmail: "a tag on a known commit lists no commits", .paths: "nothing was committed",
                ],
            ]),
        .init(
            "gitlab", "go-playground-webhooks/testdata/gitlab/system-tag-event", "tag_push", .tag,
            tells: [
                .repositoryPath: ["jsmith/example"], .repositoryName: ["example"], .tag: ["v1.0.0"],
                .commit: ["5937ac0a7beb003549fc5fd26fc247adbce4a52e"],
            ],
            not: [
                Silence.noPullRequest,
                [
                    .branch: "a tag was pushed", .authorName: "a tag on a known commit lists no commits",
                    .authorEmail: "a tag on a known commit lists no commits", .paths: "nothing was committed",
                ],
            ]),
        .init(
            "gitlab", "woodpecker/server/forge/gitlab/fixtures/HookPullRequestOpened", "merge_request", .labelled,
            tells: [
                .repositoryPath: ["demoaccount2-commits-group/test_ci_tmp"], .repositoryName: ["test_ci_tmp"],
                .commit: ["2f7670508b771e7e77839402be8b34b13787aba8"], .authorName: ["6543"],
                .authorEmail: ["[REDACTED]"], .pullRequestNumber: ["3"],
                .pullRequestSourceBranch: ["real6543-main-patch-42541"], .pullRequestTargetBranch: ["main"],
                .pullRequestLabels: ["documentation"],
            ],
            not: [Silence.noPush]),
        .init(
            "gitlab", "go-playground-webhooks/testdata/gitlab/merge-request-event", "merge_request", .pullRequest,
            tells: [
                .repositoryPath: ["gitlabhq/gitlab-test"], .repositoryName: ["gitlab-test"],
                .commit: ["da1560886d4f094c3e6c9ef40349f7d38b5d27d7"], .authorName: ["GitLab dev user"],
                .authorEmail: ["gitlabdev@dv6700.(none)"], .pullRequestNumber: ["1"],
                .pullRequestSourceBranch: ["ms-viewport"], .pullRequestTargetBranch: ["master"],
                .pullRequestLabels: ["API"],
            ],
            not: [Silence.noPush]),
        .init(
            "gitlab", "woodpecker/server/forge/gitlab/fixtures/HookPullRequestLabelsAdded", "merge_request", .labelled,
            tells: [
                .repositoryPath: ["demoaccount2-commits-group/test_ci_tmp"], .repositoryName: ["test_ci_tmp"],
                .commit: ["2f7670508b771e7e77839402be8b34b13787aba8"], .authorName: ["6543"],
                .authorEmail: ["[REDACTED]"], .pullRequestNumber: ["3"],
                .pullRequestSourceBranch: ["real6543-main-patch-42541"], .pullRequestTargetBranch: ["main"],
                .pullRequestLabels: ["good first issue"],
            ],
            not: [Silence.noPush]),
        .init(
            "gitlab", "woodpecker/server/forge/gitlab/fixtures/HookPullRequestMerged", "merge_request", .pullRequest,
            tells: [
                .repositoryPath: ["anbraten/woodpecker-test"], .repositoryName: ["woodpecker-test"],
                .commit: ["3e4db3586b65dd401de8c77b3ac343fd24cbf89b"], .authorName: ["Anbraten"],
                .authorEmail: ["[redacted]"], .pullRequestNumber: ["4"], .pullRequestSourceBranch: ["patch-1"],
                .pullRequestTargetBranch: ["main"],
            ],
            not: [Silence.noPush, [.pullRequestLabels: "it has none"]]),
    ]
}
