import Bridge

extension HostSample {
    static let gitHub: [HostSample] = [
        .init(
            "github", "woodpecker/server/forge/github/fixtures/HookPush", "push", .branch,
            tells: [
                .repositoryPath: ["woodpecker-ci/woodpecker"], .repositoryName: ["woodpecker"], .branch: ["main"],
                .commit: ["366701fde727cb7a9e7f21eb88264f59f6f9b89c"], .authorName: ["Philipp"],
                .authorEmail: ["admin@philipp.info"],
                .paths: ["pipeline/shared/replace_secrets.go", "pipeline/shared/replace_secrets_test.go"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "github", "woodpecker/server/forge/github/fixtures/HookPushForced", "push", .branch,
            tells: [
                .repositoryPath: ["6543/oxiduct"], .repositoryName: ["oxiduct"], .branch: ["main"],
                .commit: ["f7220f1f753260bf6f1c533357c70213e9fd4abe"], .authorName: ["6543"],
                .authorEmail: ["6543@obermui.de"],
                .paths: [
                    ".clippy.toml", ".gitignore", ".woodpecker/build.yml", ".woodpecker/lint.yml", "Cargo.lock",
                    "Cargo.toml", "LICENSE", "README.md", "contrib/example.toml", "rustfmt.toml", "src/cli.rs",
                    "src/config.rs", "src/main.rs", "src/proxy/mod.rs", "src/proxy/tcp.rs", "src/proxy/udp.rs",
                    "src/socket_opts.rs",
                ],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "github", "drone-go-scm/scm/driver/github/testdata/webhooks/push", "push", .branch,
            tells: [
                .repositoryPath: ["Codertocat/Hello-World"], .repositoryName: ["Hello-World"], .branch: ["master"],
                .commit: ["199eddf46df50de8d02e99bf1c5fdb4101338224"], .authorName: ["Codertocat"],
                .authorEmail: ["21031067+Codertocat@users.noreply.github.com"], .paths: ["README.md"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "github", "go-playground-webhooks/testdata/github/push", "push", .app,
            tells: [
                .repositoryPath: ["binkkatal/sample_app"], .repositoryName: ["sample_app"], .branch: ["master"],
                .commit: ["fd489864e7642b48eaad6e3f155c10e46810ec72"], .authorName: ["binkkatal"],
                .authorEmail: ["binkkatal.r@gmail.com"],
                .paths: [".razorops.yaml", "app/controllers/application_controller.rb"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed"]]),
        .init(
            "github", "woodpecker/server/forge/github/fixtures/HookTag", "push", .tag,
            tells: [
                .repositoryPath: ["6543/test_ci_tmp"], .repositoryName: ["test_ci_tmp"], .tag: ["the-tag-v1"],
                .commit: ["67012991d6c69b1c58378346fca366b864d8d1a1"], .authorName: ["6543"],
                .authorEmail: ["6543@obermui.de"],
            ],
            not: [Silence.noPullRequest, [.branch: "a tag was pushed", .paths: "nothing was committed"]]),
        .init(
            "github", "go-playground-webhooks/testdata/github/create", "create", .nameOnly,
            tells: [
                .repositoryPath: ["baxterthehacker/public-repo"], .repositoryName: ["public-repo"], .tag: ["0.0.1"],
            ],
            not: [
                Silence.noPullRequest,
                [
                    .branch: "a tag was pushed", .commit: "GitHub names what was created, and nothing of its commit",
                    .authorName: "GitHub names what was created, and nothing of its commit",
                    .authorEmail: "GitHub names what was created, and nothing of its commit",
                    .paths: "nothing was committed",
                ],
            ]),
        .init(
            "github", "go-playground-webhooks/testdata/github/delete", "delete", .deletion,
            tells: [.repositoryPath: ["baxterthehacker/public-repo"], .repositoryName: ["public-repo"]],
            not: [Silence.noPullRequest, Silence.gone]),
        .init(
            "github", "woodpecker/server/forge/github/fixtures/HookPullRequest", "pull_request", .pullRequest,
            tells: [
                .repositoryPath: ["baxterthehacker/public-repo"], .repositoryName: ["public-repo"],
                .commit: ["0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c"], .authorName: ["baxterthehacker"],
                .pullRequestNumber: ["1"], .pullRequestSourceBranch: ["changes"], .pullRequestTargetBranch: ["main"],
            ],
            not: [
                Silence.noPush,
                [.authorEmail: "GitHub tells only the login of who opened it", .pullRequestLabels: "it has none"],
            ]),
        .init(
            "github", "go-playground-webhooks/testdata/github/pull-request", "pull_request", .pullRequest,
            tells: [
                .repositoryPath: ["baxterthehacker/public-repo"], .repositoryName: ["public-repo"],
                .commit: ["0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c"], .authorName: ["baxterthehacker"],
                .pullRequestNumber: ["1"], .pullRequestSourceBranch: ["changes"], .pullRequestTargetBranch: ["master"],
            ],
            not: [
                Silence.noPush,
                [.authorEmail: "GitHub tells only the login of who opened it", .pullRequestLabels: "it has none"],
            ]),
        .init(
            "github", "woodpecker/server/forge/github/fixtures/HookPullRequestLabelAdded", "pull_request", .labelled,
            tells: [
                .repositoryPath: ["6543/test_ci_tmp"], .repositoryName: ["test_ci_tmp"],
                .commit: ["36b5813240a9d2daa29b05046d56a53e18f39a3e"], .authorName: ["6543"], .pullRequestNumber: ["1"],
                .pullRequestSourceBranch: ["6543-patch-1"], .pullRequestTargetBranch: ["main"],
                .pullRequestLabels: ["documentation", "enhancement"],
            ],
            not: [Silence.noPush, [.authorEmail: "GitHub tells only the login of who opened it"]]),
        .init(
            "github", "woodpecker/server/forge/github/fixtures/HookPullRequestMerged", "pull_request", .pullRequest,
            tells: [
                .repositoryPath: ["anbraten/test-ready-release-go"], .repositoryName: ["test-ready-release-go"],
                .commit: ["c88b9ee719285134957cbc698c9b7ef9b78007bf"], .authorName: ["anbraten"],
                .pullRequestNumber: ["62"], .pullRequestSourceBranch: ["anbraten-patch-3"],
                .pullRequestTargetBranch: ["main"],
            ],
            not: [
                Silence.noPush,
                [.authorEmail: "GitHub tells only the login of who opened it", .pullRequestLabels: "it has none"],
            ]),
    ]
}
