/** GitLab's webhook bodies, by the fields of its documentation. */
const project = {
  id: 30,
  name: 'checkout',
  description: '',
  web_url: 'https://gitlab.example.com/shop/checkout',
  avatar_url: null,
  git_ssh_url: 'ssh://git@gitlab.example.com/shop/checkout.git',
  git_http_url: 'https://gitlab.example.com/shop/checkout.git',
  namespace: 'Shop',
  visibility_level: 0,
  path_with_namespace: 'shop/checkout',
  default_branch: 'main',
  ci_config_path: '',
};

const user = {
  id: 1,
  name: 'Ada',
  username: 'ada',
  avatar_url: 'https://gitlab.example.com/avatar.png',
  email: '[REDACTED]',
};

export const deploymentHook = {
  object_kind: 'deployment',
  status: 'success',
  status_changed_at: '2026-03-02 11:03:12 +0100',
  deployment_id: 15,
  deployable_id: 796,
  deployable_url: 'https://gitlab.example.com/shop/checkout/-/jobs/796',
  environment: 'production',
  environment_tier: 'production',
  environment_slug: 'production',
  environment_external_url: 'https://checkout.example.com',
  project,
  short_sha: '279484c0',
  user,
  user_url: 'https://gitlab.example.com/ada',
  commit_url:
    'https://gitlab.example.com/shop/checkout/-/commit/279484c09fbe69ededfced8c1bb6e6d24616b468',
  commit_title: 'Round totals to the cent',
};

const runner = {
  id: 380987,
  description: 'shared-runners-manager-6',
  active: true,
  runner_type: 'instance_type',
  is_shared: true,
  tags: ['linux', 'docker'],
};

const build = (changes: object) => ({
  when: 'on_success',
  manual: false,
  allow_failure: false,
  queued_duration: 0.3,
  failure_reason: null,
  user,
  runner,
  artifacts_file: { filename: null, size: null },
  environment: null,
  ...changes,
});

export const pipelineHook = {
  object_kind: 'pipeline',
  object_attributes: {
    id: 31,
    iid: 3,
    name: 'Pipeline for branch: main',
    ref: 'main',
    tag: false,
    sha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
    before_sha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
    source: 'push',
    status: 'success',
    detailed_status: 'passed',
    stages: ['build', 'test', 'deploy'],
    created_at: '2026-03-02 09:50:28 UTC',
    finished_at: '2026-03-02 10:03:12 UTC',
    duration: 63,
    queued_duration: 10,
    url: 'https://gitlab.example.com/shop/checkout/-/pipelines/31',
    variables: [],
  },
  merge_request: null,
  user,
  project,
  commit: {
    id: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
    message: 'Round totals to the cent\n',
    title: 'Round totals to the cent',
    timestamp: '2026-03-02T09:49:31+00:00',
    url: 'https://gitlab.example.com/shop/checkout/commit/bcbb5ec396a2c0f828686f14fac9b80b780504f2',
    author: { name: 'Ada', email: 'ada@example.com' },
  },
  builds: [
    build({
      id: 380,
      stage: 'deploy',
      name: 'production',
      status: 'success',
      created_at: '2026-03-02 09:50:28 UTC',
      started_at: '2026-03-02 09:58:00 UTC',
      finished_at: '2026-03-02 10:03:12 UTC',
      duration: 312,
      environment: {
        name: 'production',
        action: 'start',
        deployment_tier: 'production',
      },
    }),
    build({
      id: 377,
      stage: 'test',
      name: 'test-image',
      status: 'success',
      created_at: '2026-03-02 09:50:28 UTC',
      started_at: '2026-03-02 09:52:12 UTC',
      finished_at: '2026-03-02 09:53:00 UTC',
      duration: 48,
    }),
  ],
};

export const mergeRequestHook = {
  object_kind: 'merge_request',
  event_type: 'merge_request',
  user,
  project,
  object_attributes: {
    id: 99,
    iid: 412,
    target_branch: 'main',
    source_branch: 'cents',
    state: 'merged',
    action: 'merge',
    merge_commit_sha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
    created_at: '2026-03-01 15:00:00 UTC',
    updated_at: '2026-03-02 09:49:31 UTC',
    last_commit: {
      id: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
      timestamp: '2026-03-01T16:00:00+00:00',
    },
  },
};

export const pushHook = {
  object_kind: 'push',
  event_name: 'push',
  before: '95790bf891e76fee5e1747ab589903a6a1f80f22',
  after: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
  ref: 'refs/heads/main',
  checkout_sha: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
  project,
  commits: [
    {
      id: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
      message: 'Round totals to the cent',
      timestamp: '2026-03-01T16:00:00+00:00',
      added: ['CHANGELOG'],
      modified: ['src/totals.js'],
      removed: [],
    },
  ],
  total_commits_count: 1,
};
