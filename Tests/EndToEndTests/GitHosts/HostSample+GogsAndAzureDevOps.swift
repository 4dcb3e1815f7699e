import Bridge

extension HostSample {
    static let gogsAndAzureDevOps: [HostSample] = [
        .init(
            "gogs", "go-playground-webhooks/testdata/gogs/push-event", "push", .branch,
            tells: [
                .repositoryPath: ["unknwon/webhooks"], .repositoryName: ["webhooks"], .branch: ["develop"],
                .commit: ["bffeb74224043ba2feb48d137756c8a9331c449a"], .authorName: ["Unknwon"],
                .authorEmail: ["u@gogs.io"],
            ],
            not: [Silence.noPullRequest, [.tag: "a branch was pushed", .paths: "its commits name no paths"]]),
        .init(
            "gogs", "go-playground-webhooks/testdata/gogs/create-event", "create", .nameOnly,
            tells: [.repositoryPath: ["user/repo"], .repositoryName: ["repo"], .branch: ["feature-branch"]],
            not: [
                Silence.noPullRequest,
                [
                    .tag: "a branch was created",
                    .commit: "this version of Gogs names what was created, and nothing of its commit",
                    .authorName: "this version of Gogs names what was created, and nothing of its commit",
                    .authorEmail: "this version of Gogs names what was created, and nothing of its commit",
                    .paths: "nothing was committed",
                ],
            ]),
        .init(
            "gogs", "go-playground-webhooks/testdata/gogs/delete-event", "delete", .deletion,
            tells: [.repositoryPath: ["user/repo"], .repositoryName: ["repo"]],
            not: [Silence.noPullRequest, Silence.gone]),
        .init(
            "gogs", "drone-go-scm/scm/driver/gogs/testdata/webhooks/pull_request_edited", "pull_request", .pullRequest,
            tells: [
                .repositoryPath: ["gogits/hello-world"], .repositoryName: ["hello-world"], .authorName: ["unknwon"],
                .authorEmail: ["noreply@gogs.io"], .pullRequestNumber: ["2"], .pullRequestSourceBranch: ["feature"],
                .pullRequestTargetBranch: ["master"],
            ],
            not: [Silence.noPush, [.commit: "Gogs names the branches only", .pullRequestLabels: "it has none"]]),
        .init(
            "azure-devops", "go-playground-webhooks/testdata/azuredevops/git.push", "git.push", .branch,
            tells: [
                .repositoryPath: ["Fabrikam-Fiber-Git/Fabrikam-Fiber-Git"], .repositoryName: ["Fabrikam-Fiber-Git"],
                .branch: ["main"], .commit: ["33b55f7cb7e7e245323987634f960cf4a6e6bc74"],
                .authorName: ["Jamal Hartnett"], .authorEmail: ["fabrikamfiber4@hotmail.com"],
            ],
            not: [
                Silence.noPullRequest, [.tag: "a branch was pushed", .paths: "no event of Azure DevOps lists paths"],
            ]),
        .init(
            "azure-devops", "go-playground-webhooks/testdata/azuredevops/git.pullrequest.created",
            "git.pullrequest.created", .pullRequest,
            tells: [
                .repositoryPath: ["Fabrikam/Fabrikam"], .repositoryName: ["Fabrikam"],
                .commit: ["53d54ac915144006c2c9e90d2c7d3880920db49c"], .authorName: ["Jamal Hartnett"],
                .pullRequestNumber: ["1"], .pullRequestSourceBranch: ["mytopic"], .pullRequestTargetBranch: ["master"],
            ],
            not: [
                Silence.noPush,
                [
                    .authorEmail: "Azure DevOps tells an account name, which need not be an address",
                    .pullRequestLabels: "it has none",
                ],
            ]),
        .init(
            "azure-devops", "go-playground-webhooks/testdata/azuredevops/git.pullrequest.merged",
            "git.pullrequest.merged", .pullRequest,
            tells: [
                .repositoryPath: ["Fabrikam/Fabrikam"], .repositoryName: ["Fabrikam"],
                .commit: ["53d54ac915144006c2c9e90d2c7d3880920db49c"], .authorName: ["Jamal Hartnett"],
                .pullRequestNumber: ["1"], .pullRequestSourceBranch: ["mytopic"], .pullRequestTargetBranch: ["master"],
            ],
            not: [
                Silence.noPush,
                [
                    .authorEmail: "Azure DevOps tells an account name, which need not be an address",
                    .pullRequestLabels: "it has none",
                ],
            ]),
    ]
}
