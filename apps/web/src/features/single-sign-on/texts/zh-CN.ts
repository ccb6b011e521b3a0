const texts = {
  title: '单点登录',
  line: '让本租户的用户通过你们自己的身份提供方登录（OpenID Connect）',
  waiting: '正在读取设置',
  failed: '没有读到单点登录设置',
  provider: { title: '身份提供方', line: '在身份提供方登记 Lyss 的回调地址，再把它给出的信息填在这里', redirect: '回调地址', issuer: '颁发者（issuer）', issuer_hint: '照抄发现文档里的 issuer，例如 https://login.example.com', client_id: '客户端 ID', secret: '客户端密钥', secret_kept: '已保存 {{hint}}；留空则不变', show: '显示', hide: '隐藏', scopes: '额外范围', scopes_hint: '用空格分开；openid 和 email 总会请求' },
  domains: { title: '邮箱域名', line: '登录页按邮箱域名找到你们。域名由平台运维人员批准后生效', label: '域名', hint: '用空格或逗号分开，例如 example.com', state: { pending: '等待平台运维人员批准', approved: '已批准', refused: '已拒绝' } },
  roles: { title: '角色', line: '规则里出现的角色在每次登录时按声明给予或收回，其余角色不变', claim: '声明名称', claim_hint: '例如 groups；留空则不按声明给角色', value: '声明的值', role: '角色', add: '添加规则', remove: '删除规则', fallback: '默认角色', nobody: '没有角色就拒绝登录', creates: '首次登录时自动添加用户' },
  access: { title: '开关与测试', line: '先测试：看到声明和会得到的角色，不会登录任何人', enabled: '启用单点登录', only: '仅限单点登录：关闭密码、重设链接和令牌接口', only_hint: '需要先用当前设置以你自己的账号测试成功。平台运维人员始终可以用密码，也可以重新打开密码登录。已登录的会话不受影响。', test: '测试登录', tested: '你已用当前设置测试成功', people_other: '{{count}} 人用它登录过' },
  saved: '已保存',
  remove: { open: '移除连接', title: '移除身份提供方', text: '密钥、域名和身份绑定都会删除；密码登录重新打开，已登录的会话继续。', confirm: '移除', cancel: '取消' },
  test: { title: '测试结果', refused: '不会放行：{{message}}', fresh: '会添加新用户 {{name}}（{{email}}）', known: '会登录为 {{name}}（{{email}}）', roles: '角色：{{roles}}', claims: '身份提供方给出的声明（只显示这一次）', name: '声明', value: '值' },
  callback: { title: '正在完成登录', line: '正在与你的组织核对身份…', failed: '登录没有完成', back: '返回登录页' },
  operator: {
    title: '登录域名',
    line: '租户申请的邮箱域名。批准之前，先弄清域名确实属于这个租户',
    domain: '域名',
    tenant: '租户',
    workspace: '工作区',
    state: '状态',
    states: { pending: '待处理', approved: '已批准', refused: '已拒绝' },
    passwords: '密码登录',
    closed: '已关闭',
    open: '可用',
    requested: '申请于',
    decided: '处理于',
    total_other: '共 {{count}} 个',
    position_other: '本页 {{count}} 个',
    gone: '没有这个域名，租户可能撤回了申请。',
    previous: '上一个',
    next: '下一个',
    menu: { open: '查看', approve: '批准', refuse: '拒绝', revoke: '撤回批准', passwords: '重新打开密码登录' },
    list: {
      search: '按域名、租户或工作区搜索',
      loading: '正在载入域名',
      not_found: '没有符合条件的域名',
      failed: '域名列表没有载入',
      forbidden: '你不能查看登录域名',
      who: '只有平台运维人员可以处理登录域名。',
      empty: '还没有租户申请域名',
      why: '租户管理员在单点登录里填写邮箱域名后，会在这里等待处理。',
    },
  },
  decide: {
    approve: { title: '批准 {{domain}}？', text: '从此 {{name}}（{{workspace}}）的身份提供方可以让这个域名的人登录。请先确认域名确实属于它。', submit: '批准 {{domain}}' },
    refuse: { title: '拒绝 {{domain}}？', text: '{{name}}（{{workspace}}）会看到申请被拒绝，这个域名的人不能通过单点登录进来。之后仍可批准。', submit: '拒绝 {{domain}}' },
    revoke: { title: '撤回对 {{domain}} 的批准？', text: '这个域名的人不能再通过 {{name}}（{{workspace}}）的身份提供方登录；已登录的会话不受影响。', submit: '撤回 {{domain}}' },
    passwords: { title: '为 {{name}} 重新打开密码登录？', text: '{{name}}（{{workspace}}）的人又能用密码登录，也能重设密码；身份提供方继续可用。对方的租户管理员可以再次关闭。', submit: '为 {{name}} 打开' },
    shut: '{{name}} 只允许单点登录：撤回后它的人进不来，直到你重新打开密码登录。',
  },
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    'single-sign-on': typeof texts;
  }
}
