const texts = {
  title: '单点登录',
  line: '让本租户的用户通过你们自己的身份提供方登录（OpenID Connect）',
  waiting: '正在读取设置',
  failed: '没有读到单点登录设置',
  provider: { title: '身份提供方', line: '在身份提供方登记 Lyss 的回调地址，再把它给出的信息填在这里', redirect: '回调地址', issuer: '颁发者（issuer）', issuer_hint: '照抄发现文档里的 issuer，例如 https://login.example.com', client_id: '客户端 ID', secret: '客户端密钥', secret_kept: '已保存 {{hint}}；留空则不变', show: '显示', hide: '隐藏', scopes: '额外范围', scopes_hint: '用空格分开；openid 和 email 总会请求' },
  domains: { title: '邮箱域名', line: '登录页按邮箱域名找到你们。域名由平台运维人员确认归属后生效', label: '域名', hint: '用空格或逗号分开，例如 example.com', state: { pending: '等待平台运维人员确认', approved: '已确认', refused: '被拒绝' } },
  roles: { title: '角色', line: '规则里出现的角色在每次登录时按声明给予或收回，其余角色不变', claim: '声明名称', claim_hint: '例如 groups；留空则不按声明给角色', value: '声明的值', role: '角色', add: '添加规则', remove: '删除规则', fallback: '默认角色', nobody: '没有角色就拒绝登录', creates: '首次登录时自动添加用户' },
  access: { title: '开关与测试', line: '先测试：看到声明和会得到的角色，不会登录任何人', enabled: '启用单点登录', only: '仅限单点登录：关闭密码、重设链接和令牌接口', only_hint: '需要先用当前设置以你自己的账号测试成功。平台运维人员始终可以用密码，也可以重新打开密码登录。已登录的会话不受影响。', test: '测试登录', tested: '你已用当前设置测试成功', people_other: '{{count}} 人用它登录过' },
  saved: '已保存',
  remove: { open: '移除连接', title: '移除身份提供方', text: '密钥、域名和身份绑定都会删除；密码登录重新打开，已登录的会话继续。', confirm: '移除', cancel: '取消' },
  test: { title: '测试结果', refused: '不会放行：{{message}}', fresh: '会添加新用户 {{name}}（{{email}}）', known: '会登录为 {{name}}（{{email}}）', roles: '角色：{{roles}}', claims: '身份提供方给出的声明（只显示这一次）', name: '声明', value: '值' },
  callback: { title: '正在完成登录', line: '正在与你的组织核对身份…', failed: '登录没有完成', back: '返回登录页' },
  operator: { title: '登录域名', line: '租户申请的邮箱域名。确认之前，先弄清域名确实属于这个租户', empty: '还没有租户申请域名', domain: '域名', tenant: '租户', state: '状态', actions: '操作', approve: '确认 {{domain}}', refuse: '拒绝 {{domain}}', passwords: '为 {{name}} 重新打开密码登录', failed: '没有读到域名' },
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    'single-sign-on': typeof texts;
  }
}
