/// The bodies from Woodpecker, Drone and Jenkins X.
extension SharedPayloadTable {
    static let forges: [SharedPayloadTests.Folder] = [
        .init(
            "github", "woodpecker/server/forge/github/fixtures", 18,
            """
            HookDeploy deployment in=baxterthehacker/public-repo commit=9049f1265b7d
            HookPullRequest pull_request in=baxterthehacker/public-repo commit=0d1a26e67d8f pr=1:changes>main
            HookPullRequestAssigneeAdded pull_request in=6543/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestAssigneeRemoved pull_request in=6543/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestClosed pull_request in=anbraten/test-ready-release-go commit=c88b9ee71928 pr=62:anbraten-patch-3>main
            HookPullRequestEdited pull_request in=anbraten/test-ready-release-go commit=c88b9ee71928 pr=62:anbraten-patch-3>main
            HookPullRequestLabelAdded pull_request in=6543/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestLabelRemoved pull_request in=6543/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestLabelsCleared pull_request in=6543/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestMerged pull_request in=anbraten/test-ready-release-go commit=c88b9ee71928 pr=62:anbraten-patch-3>main
            HookPullRequestMilestoneAdded pull_request in=6543/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestMilestoneRemoved pull_request in=6543/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestReopened pull_request in=6543/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestReviewRequested pull_request in=6543/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPush push in=woodpecker-ci/woodpecker branch=main commit=366701fde727
            HookPushForced push in=6543/oxiduct branch=main commit=f7220f1f7532
            HookRelease release in=Codertocat/Hello-World tag=0.0.1
            HookTag push in=6543/test_ci_tmp tag=the-tag-v1 commit=67012991d6c6
            """),
        .init(
            "gitea", "woodpecker/server/forge/gitea/fixtures", 24,
            """
            HookPullRequest pull_request in=gordon/hello-world commit=0d1a26e67d8f pr=1:feature/changes>main
            HookPullRequestAddLabel pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestAddMile pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestAddReviewRequest pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestAssigneesAdded pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestAssigneesRemoved pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestChangeBody pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestChangeLabel pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestChangeMile pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestChangeTitle pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestClosed pull_request in=anbraten/test-repo commit=d555a5dd07f4 pr=1:anbraten-patch-1>main
            HookPullRequestMerged pull_request in=anbraten/test-repo commit=d555a5dd07f4 pr=1:anbraten-patch-1>main
            HookPullRequestRemoveLabel pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestRemoveMile pull_request in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestReopened pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestReviewAck pull_request_approved in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestReviewComment pull_request_comment in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestReviewDeny pull_request_rejected in=a_nice_user/hello_world_ci commit=07977177c2cd pr=7:jony-patch-1>main
            HookPullRequestUpdated pull_request in=Test-CI/multi-line-secrets commit=788ed8d02d3b pr=2:test-patch-1>main
            HookPush push in=gordon/hello-world branch=main commit=ef98532add3b
            HookPushBranch push in=meisam/woodpecktester branch=fdsafdsa commit=28c3613ae626
            HookPushMulti push in=Test-CI/multi-line-secrets branch=main commit=29be01c07385
            HookRelease release in=anbraten/demo tag=0.0.5
            HookTag create in=gordon/hello-world tag=v1.0.0 commit=ef98532add3b
            """),
        .init(
            "forgejo", "woodpecker/server/forge/forgejo/fixtures", 19,
            """
            HookPullRequest pull_request in=gordon/hello-world commit=0d1a26e67d8f pr=1:feature/changes>main
            HookPullRequestAssigneeCleared pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestAssigneesAdded pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestClosed pull_request in=anbraten/test-repo commit=d555a5dd07f4 pr=1:anbraten-patch-1>main
            HookPullRequestEdited pull_request in=anbraten/test-repo commit=d555a5dd07f4 pr=1:anbraten-patch-1>main
            HookPullRequestLabelAdded pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestLabelsCleared pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestLabelsUpdated pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestMerged pull_request in=anbraten/test-repo commit=d555a5dd07f4 pr=1:anbraten-patch-1>main
            HookPullRequestMilestoneAdded pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestMilestoneChanged pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestMilestoneCleared pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestReopened pull_request in=test_it/test_ci_thing commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestUpdated pull_request in=Test-CI/multi-line-secrets commit=788ed8d02d3b pr=2:test-patch-1>main
            HookPush push in=gordon/hello-world branch=main commit=ef98532add3b
            HookPushBranch push in=meisam/woodpecktester branch=fdsafdsa commit=28c3613ae626
            HookPushMulti push in=Test-CI/multi-line-secrets branch=main commit=29be01c07385
            HookRelease release in=anbraten/demo tag=0.0.5
            HookTag create in=gordon/hello-world tag=v1.0.0 commit=ef98532add3b
            """),
        .init(
            "gitlab", "woodpecker/server/forge/gitlab/fixtures", 21,
            """
            HookPullRequestApproved merge_request in=anbraten/woodpecker commit=c136499ec574 pr=3:anbraten-main-patch-05373>main
            HookPullRequestAssigned merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestClosed merge_request in=anbraten/woodpecker-test commit=3e4db3586b65 pr=4:patch-1>main
            HookPullRequestDemilestoned merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestEdited merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestLabelsAdded merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestLabelsCleared merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestLabelsUpdated merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestMerged merge_request in=anbraten/woodpecker-test commit=3e4db3586b65 pr=4:patch-1>main
            HookPullRequestMilestoned merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestOpened merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestReopened merge_request in=demoaccount2-commits-group/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestReviewRequestDel merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestReviewRequested merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestUnapproved merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestUnassigned merge_request in=demoaccount2-commits-group/test_ci_tmp commit=2f7670508b77 pr=3:real6543-main-patch-42541>main
            HookPullRequestUnsupportedAction merge_request in=demoaccount2-commits-group/test_ci_tmp commit=36b5813240a9 pr=1:6543-patch-1>main
            HookPullRequestUpdated merge_request in=anbraten/woodpecker commit=c136499ec574 pr=3:anbraten-main-patch-05373>main
            HookPullRequestWithoutChanges merge_request in=anbraten/woodpecker commit=c136499ec574 pr=3:anbraten-main-patch-05373>main
            HookPush push in=test/woodpecker branch=main commit=16862e368d8a
            HookTag tag_push in=test/woodpecker tag=v22 commit=16862e368d8a
            """),
        .init(
            "bitbucket", "woodpecker/server/forge/bitbucket/fixtures", 4,
            """
            HookPull pullrequest:updated in=user_name/repo_name commit=d3022fc0ca3d pr=1:branch2>main
            HookPullRequestDeclined pullrequest:rejected in=anbraten/test-2 commit=f90e18fc9d45 pr=2:patch-2>main
            HookPullRequestMerged pullrequest:fulfilled in=anbraten/test-2 commit=668218c13e04 pr=1:patch-2>main
            HookPush repo:push in=martinherren1984/publictestrepo branch=main commit=c14c1bb05dfb
            """),
        .init(
            "bitbucket-server", "woodpecker/server/forge/bitbucketdatacenter/fixtures", 4,
            """
            HookPullRequestMerged pr:merged in=DEV/deployment-automation commit=993203acecdb pr=111:PROJ-4584>master
            HookPullRequestOpened pr:opened in=DEV/network-monitor commit=1c7589876bc8 pr=125:PROJ-4596>main
            HookPullRequestOpenedFromFork pr:opened in=DEV/deployment-automation commit=716e510cecbe pr=114:master>master
            HookPush repo:refs_changed in=DEV/deployment-automation branch=renovate-all commit=76797d54bca8
            """),
        .init(
            "gitea", "drone-go-scm/scm/driver/gitea/testdata/webhooks", 1,
            """
            pull_request_edited pull_request in=jcitizen/my-repo commit=2eba238e3360 pr=1:feature>master
            """),
        .init(
            "github", "drone-go-scm/scm/driver/github/testdata/webhooks", 1,
            """
            push push in=Codertocat/Hello-World branch=master commit=199eddf46df5
            """),
        .init(
            "gogs", "drone-go-scm/scm/driver/gogs/testdata/webhooks", 1,
            """
            pull_request_edited pull_request in=gogits/hello-world pr=2:feature>master
            """),
        .init(
            "bitbucket-server", "drone-go-scm/scm/driver/stash/testdata/webhooks", 1,
            """
            push repo:refs_changed in=PRJ/my-repo branch=master commit=823b2230a560
            """),
        .init(
            "gitea", "jenkins-x-go-scm/scm/driver/gitea/testdata/webhooks", 1,
            """
            pull_request_edited pull_request in=jcitizen/my-repo commit=2eba238e3360 pr=1:feature>master
            """),
        .init(
            "github", "jenkins-x-go-scm/scm/driver/github/testdata/webhooks", 1,
            """
            push push in=Codertocat/Hello-World branch=master commit=199eddf46df5
            """),
        .init(
            "gogs", "jenkins-x-go-scm/scm/driver/gogs/testdata/webhooks", 1,
            """
            pull_request_edited pull_request in=gogits/hello-world pr=2:feature>master
            """),
        .init(
            "bitbucket-server", "jenkins-x-go-scm/scm/driver/stash/testdata/webhooks", 1,
            """
            push repo:refs_changed in=PRJ/my-repo branch=master commit=823b2230a560
            """),
    ]
}
