/// The answer on Buddy's page "Run scheduled execution"
/// (https://buddy.works/docs/api/runs/update/run-scheduled-execution, last modified on Sep 23, 2024), word for word.
enum MissionPage {
    // swift-format-ignore
    static let answer = #"""
        {
          "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/pipelines/2/executions/4",
          "html_url": "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5",
          "id": 4,
          "start_date": "2016-03-29T08:12:04.132Z",
          "finish_date": null,
          "triggeredOn": "CLICK",
          "refresh": false,
          "status": "INPROGRESS",
          "comment": "",
          "branch": {
            "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/repository/branches/master",
            "html_url": "https://app.buddy.works/buddy/company-website/repository/branch/master",
            "name": "master",
            "default": true
          },
          "from_revision": {
            "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/repository/commits/506a3963507943d6908154f4bc9646e829128a08",
            "html_url": "https://app.buddy.works/buddy/company-website/repository/commit/506a3963507943d6908154f4bc9646e829128a08",
            "revision": "506a3963507943d6908154f4bc9646e829128a08",
            "author_date": "2016-01-19T12:36:33Z",
            "commit_date": "2016-01-19T12:36:33Z",
            "message": "init repo\n",
            "committer": {
              "url": "https://api.buddy.works/workspaces/buddy/member/1",
              "html_url": "https://app.buddy.works/buddy/profile/1",
              "id": 1,
              "name": "Mike Benson",
              "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
            },
            "author": {
              "url": "https://api.buddy.works/workspaces/buddy/member/1",
              "html_url": "https://app.buddy.works/buddy/profile/1",
              "id": 1,
              "name": "Mike Benson",
              "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
            }
          },
          "to_revision": {
            "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/repository/commits/506a3963507943d6908154f4bc9646e829128a08",
            "html_url": "https://app.buddy.works/buddy/company-website/repository/commit/506a3963507943d6908154f4bc9646e829128a08",
            "revision": "506a3963507943d6908154f4bc9646e829128a08",
            "author_date": "2016-01-19T12:36:33Z",
            "commit_date": "2016-01-19T12:36:33Z",
            "message": "init repo\n",
            "committer": {
              "url": "https://api.buddy.works/workspaces/buddy/member/1",
              "html_url": "https://app.buddy.works/buddy/profile/1",
              "id": 1,
              "name": "Mike Benson",
              "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
            },
            "author": {
              "url": "https://api.buddy.works/workspaces/buddy/member/1",
              "html_url": "https://app.buddy.works/buddy/profile/1",
              "id": 1,
              "name": "Mike Benson",
              "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
            }
          },
          "creator": {
            "url": "https://api.buddy.works/workspaces/buddy/member/1",
            "html_url": "https://app.buddy.works/buddy/profile/1",
            "id": 1,
            "name": "Mike Benson",
            "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
          },
          "pipeline": {
            "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/pipelines/2",
            "html_url": "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2",
            "id": 2,
            "name": "dev",
            "on": "CLICK",
            "refs": [
              "refs/heads/master"
            ],
            "last_execution_status": "INPROGRESS",
            "last_execution_revision": "506a3963507943d6908154f4bc9646e829128a08"
          },
          "action_executions": [
            {
              "status": "INPROGRESS",
              "progress": 0,
              "action": {
                "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/pipelines/2/actions/5",
                "html_url": "https://app.buddy.works/buddy/company-website/pipelines/action/5/edit",
                "id": 5,
                "name": "Upload files to dev",
                "type": "FTP",
                "trigger_time": "ON_EVERY_EXECUTION",
                "last_execution_status": "INPROGRESS"
              }
            }
          ]
        }
        """#
}
