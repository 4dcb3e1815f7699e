/// What the real bodies of …/shared/payloads say, by folder: a line each with the file's name, the event, and then as
/// far as the event tells them `in=` the repository's path, `branch=`, `tag=`, `commit=` (12 digits of it), and
/// `pr=NUMBER:SOURCE>TARGET`. Where the event's name comes in a header, the line is where it is stated.
enum SharedPayloadTable {
    static let folders = goPlayground + forges

    private static let goPlayground: [SharedPayloadTests.Folder] = [
        .init(
            "github", "go-playground-webhooks/testdata/github", 48,
            """
            check-run check_run in=github/hello-world commit=d6fde92930d4
            check-suite check_suite in=github/hello-world branch=master commit=d6fde92930d4
            code_scanning_alert code_scanning_alert in=someorg/somerepo
            commit-comment commit_comment in=baxterthehacker/public-repo commit=9049f1265b7d
            create create in=baxterthehacker/public-repo tag=0.0.1
            delete delete in=baxterthehacker/public-repo
            dependabot_alert dependabot_alert in=github/sample-app-rs
            deploy_key deploy_key in=Codertocat/Hello-World
            deployment-status deployment_status in=baxterthehacker/public-repo commit=9049f1265b7d
            deployment deployment in=baxterthehacker/public-repo commit=9049f1265b7d
            fork fork in=baxterthehacker/public-repo
            github-app-authorization github_app_authorization
            gollum gollum in=baxterthehacker/public-repo
            installation-repositories installation_repositories
            installation installation
            integration-installation-repositories integration_installation_repositories
            integration-installation integration_installation
            issue-comment issue_comment in=baxterthehacker/public-repo
            issues issues in=baxterthehacker/public-repo
            label label in=baxterandthehackers/public-repo
            member member in=baxterthehacker/public-repo
            membership membership
            milestone milestone in=baxterandthehackers/public-repo
            org-block org_block
            organization organization
            page-build page_build in=baxterthehacker/public-repo
            ping ping handshake
            project-card project_card in=baxterthehacker/public-repo
            project-column project_column in=baxterthehacker/public-repo
            project project in=baxterthehacker/public-repo
            public public in=baxterthehacker/public-repo
            pull-request-issue-comment issue_comment in=chhsia0/knative-route-demo
            pull-request-review-comment pull_request_review_comment in=baxterthehacker/public-repo commit=0d1a26e67d8f pr=1:changes>master
            pull-request-review pull_request_review in=baxterthehacker/public-repo commit=b7a1f9c27caa pr=8:patch-2>master
            pull-request pull_request in=baxterthehacker/public-repo commit=0d1a26e67d8f pr=1:changes>master
            push push in=binkkatal/sample_app branch=master commit=fd489864e764
            release release in=baxterthehacker/public-repo tag=0.0.1
            repository-edited repository in=baxterandthehackers/new-repository
            repository-vulnerability-alert repository_vulnerability_alert
            repository repository in=baxterandthehackers/new-repository
            security-advisory security_advisory
            status status in=baxterthehacker/public-repo commit=9049f1265b7d
            team-add team_add in=baxterandthehackers/public-repo
            team team
            watch watch in=baxterthehacker/public-repo
            workflow_dispatch workflow_dispatch in=baxterthehacker/public-repo
            workflow_job workflow_job in=baxterthehacker/public-repo commit=d6b80f8411bd
            workflow_run workflow_run in=baxterthehacker/public-repo branch=master commit=d6b80f8411bd
            """),
        .init(
            "gitlab", "go-playground-webhooks/testdata/gitlab", 39,
            """
            build-event build branch=gitlab-script-trigger commit=2293ada6b400
            comment-commit-event note in=gitlabhq/gitlab-test commit=cfe32cf61b73
            comment-issue-event note in=gitlab-org/gitlab-test
            comment-merge-request-event note in=gitlab-org/gitlab-test commit=562e173be03b pr=1:master>markdown
            comment-snippet-event note in=gitlab-org/gitlab-test
            confidential-comment-event note in=gitlab-org/gitlab-test
            confidential-issue-event issue in=gitlabhq/gitlab-test
            deployment-event deployment in=root/test-deployment-webhooks
            issue-event issue in=gitlabhq/gitlab-test
            job-event build branch=gitlab-script-trigger commit=2293ada6b400
            merge-request-event merge_request in=gitlabhq/gitlab-test commit=da1560886d4f pr=1:ms-viewport>master
            pipeline-event pipeline in=gitlab-org/gitlab-test branch=master commit=bcbb5ec396a2 pr=1:test>master
            push-event push in=mike/diaspora branch=master commit=da1560886d4f
            release-event release in=gitlab-org/release-webhook-example tag=v1.1 commit=ee0a3fb31ac1
            system-group-created group_create
            system-group-member-added user_add_to_group
            system-group-member-removed user_remove_from_group
            system-group-member-updated user_update_for_group
            system-group-removed group_destroy
            system-group-renamed group_rename
            system-key-added key_create
            system-key-removed key_destroy
            system-merge-request-event merge_request in=jsmith/example commit=ba3e0d8ff79c pr=1:ms-viewport>master
            system-project-created project_create in=jsmith/storecloud
            system-project-destroyed project_destroy in=jsmith/underscore
            system-project-renamed project_rename in=jsmith/underscore
            system-project-transferred project_transfer in=scores/underscore
            system-project-updated project_update in=jsmith/storecloud
            system-push-event push in=mike/diaspora branch=master commit=da1560886d4f
            system-tag-event tag_push in=jsmith/example tag=v1.0.0 commit=5937ac0a7beb
            system-team-member-added user_add_to_team
            system-team-member-removed user_remove_from_team
            system-team-member-updated user_update_for_team
            system-user-created user_create
            system-user-failed-login user_failed_login
            system-user-removed user_destroy
            system-user-renamed user_rename
            tag-event tag_push in=jsmith/example tag=v1.0.0 commit=82b3d5ae55f7
            wikipage-event wiki_page in=root/awesome-project
            """),
        .init(
            "bitbucket", "go-playground-webhooks/testdata/bitbucket", 18,
            """
            commit-comment-created repo:commit_comment_created in=team_name/repo_name commit=d3022fc0ca3d
            issue-comment-created issue:comment_created in=team_name/repo_name
            issue-created issue:created in=team_name/repo_name
            issue-updated issue:updated in=team_name/repo_name
            pull-request-approval-removed pullrequest:unapproved in=team_name/repo_name commit=d3022fc0ca3d pr=1:branch2>master
            pull-request-approved pullrequest:approved in=team_name/repo_name commit=d3022fc0ca3d pr=1:branch2>master
            pull-request-comment-created pullrequest:comment_created in=team_name/repo_name commit=d3022fc0ca3d pr=1:branch2>master
            pull-request-comment-deleted pullrequest:comment_deleted in=team_name/repo_name commit=d3022fc0ca3d pr=1:branch2>master
            pull-request-comment-updated pullrequest:comment_updated in=team_name/repo_name commit=d3022fc0ca3d pr=1:branch2>master
            pull-request-created pullrequest:created in=team_name/repo_name commit=d3022fc0ca3d pr=1:branch2>master
            pull-request-declined pullrequest:rejected in=team_name/repo_name commit=d3022fc0ca3d pr=1:branch2>master
            pull-request-merged pullrequest:fulfilled in=team_name/repo_name commit=d3022fc0ca3d pr=1:branch2>master
            pull-request-updated pullrequest:updated in=team_name/repo_name commit=d3022fc0ca3d pr=1:branch2>master
            repo-commit-status-created repo:commit_status_created in=team_name/repo_name
            repo-commit-status-updated repo:commit_status_updated in=team_name/repo_name
            repo-fork repo:fork in=team_name/repo_name
            repo-push repo:push in=team_name/repo_name branch=name-of-branch commit=709d658dc5b6
            repo-updated repo:updated in=team_name/repo_name
            """),
        .init(
            "bitbucket-server", "go-playground-webhooks/testdata/bitbucket-server", 18,
            """
            pr-comment-added pr:comment:added in=~gopher/webhook-test commit=50a8ee1fae3a pr=2:feature/wip>master
            pr-comment-deleted pr:comment:deleted in=~gopher/webhook-test commit=50a8ee1fae3a pr=2:feature/wip>master
            pr-comment-edited pr:comment:edited in=~gopher/webhook-test commit=50a8ee1fae3a pr=2:feature/wip>master
            pr-declined pr:declined in=~gopher/webhook-test commit=50a8ee1fae3a pr=2:feature/wip>master
            pr-deleted pr:deleted in=~gopher/webhook-test commit=50a8ee1fae3a pr=2:feature/wip>master
            pr-merged pr:merged in=~gopher/webhook-test commit=32a0b8a740c2 pr=5:feature/wip>master
            pr-modified pr:modified in=~gopher/webhook-test commit=591f702354b3 pr=3:feature/wip>master
            pr-opened pr:opened in=~gopher/webhook-test commit=32a0b8a740c2 pr=5:feature/wip>master
            pr-reviewer-approved pr:reviewer:approved in=~gopher/webhook-test commit=32a0b8a740c2 pr=5:feature/wip>master
            pr-reviewer-needs-work pr:reviewer:needs_work in=~gopher/webhook-test commit=32a0b8a740c2 pr=5:feature/wip>master
            pr-reviewer-unapproved pr:reviewer:unapproved in=~gopher/webhook-test commit=32a0b8a740c2 pr=5:feature/wip>master
            pr-reviewer-updated pr:reviewer:updated in=~gopher/webhook-test commit=591f702354b3 pr=3:feature/wip>master
            repo-comment-added repo:comment:added in=~gopher/webhook-test commit=038e7b67735e
            repo-comment-deleted repo:comment:deleted in=~gopher/webhook-test commit=038e7b67735e
            repo-comment-edited repo:comment:edited in=~gopher/webhook-test commit=038e7b67735e
            repo-forked repo:forked in=~tux/webhook-test
            repo-modified repo:modified in=gopher/webhook-test
            repo-refs-changed repo:refs_changed in=~gopher/webhook-test
            """),
        .init(
            "gitea", "go-playground-webhooks/testdata/gitea", 17,
            """
            create-event create in=example/example branch=master commit=67b56589a451
            delete-event delete in=example/example
            fork-event fork in=example2/example
            issue-assign-event issue_assign in=example/example
            issue-comment-event issue_comment in=example/example
            issue-label-event issue_label in=example/example
            issue-milestone-event issue_milestone in=example/example
            issues-event issues in=example/example
            pull-request-assign-event pull_request_assign in=example/example commit=48e773f892a8 pr=2:master>master
            pull-request-comment-event pull_request_comment in=example/example
            pull-request-event pull_request in=example/example commit=48e773f892a8 pr=2:master>master
            pull-request-label-event pull_request_label in=example/example commit=48e773f892a8 pr=2:master>master
            pull-request-milestone-event pull_request_milestone in=example/example commit=48e773f892a8 pr=2:master>master
            pull-request-review-event pull_request_review in=example/example commit=48e773f892a8 pr=2:master>master
            push-event push in=example/example branch=master commit=67b56589a451
            release-event release in=example/example tag=example
            repository-event repository in=example3/example5
            """),
        .init(
            "gogs", "go-playground-webhooks/testdata/gogs", 8,
            """
            create-event create in=user/repo branch=feature-branch
            delete-event delete in=user/repo
            fork-event fork in=user/repo
            issue-comment-event issue_comment in=user/repo
            issues-event issues in=user/repo
            pull-request-event pull_request in=user/repo
            push-event push in=unknwon/webhooks branch=develop commit=bffeb7422404
            release-event release in=user/repo tag=v1.0.0
            """),
        .init(
            "azure-devops", "go-playground-webhooks/testdata/azuredevops", 5,
            """
            build.complete build.complete branch=master commit=600c52d2d5b6
            git.pullrequest.created git.pullrequest.created in=Fabrikam/Fabrikam commit=53d54ac91514 pr=1:mytopic>master
            git.pullrequest.merged git.pullrequest.merged in=Fabrikam/Fabrikam commit=53d54ac91514 pr=1:mytopic>master
            git.pullrequest.updated git.pullrequest.updated in=Fabrikam/Fabrikam commit=53d54ac91514 pr=1:mytopic>master
            git.push git.push in=Fabrikam-Fiber-Git/Fabrikam-Fiber-Git branch=main commit=33b55f7cb7e7
            """),
    ]
}
