const texts = {
  title: '用户',
  lead: '本租户的成员：谁能登录，谁能管理。',
  add: '添加用户',
  total_other: '共 {{count}} 人',
  position_other: '本页 {{count}} 人',
  me: '我',
  status: { active: '正常', invited: '待接受', disabled: '已停用' },
  column: { name: '姓名', roles: '角色', status: '状态', last_seen_at: '最近使用', created_at: '添加时间' },
  filter: { status: '状态', role: '角色', permission: '权限' },
  never: '从未',
  list: {
    search: '按姓名或邮箱搜索',
    loading: '正在载入用户',
    not_found: '没有符合条件的用户',
    failed: '用户列表没有载入',
    forbidden: '你不能查看用户',
    who: '请让租户管理员为你授权。',
    empty: '还没有其他人',
    why: '添加一位同事，把一次性链接发给对方，就能一起使用。',
  },
  menu: {
    open: '查看',
    edit: '编辑',
    reset: '新的一次性链接',
    disable: '停用',
    enable: '启用',
    beyond: '对方的权限超出了你自己的，只有拥有全部这些权限的人才能更改。',
  },
  peek: { previous: '上一位', next: '下一位', id: '编号', email: '邮箱', locale: '语言', updated: '更新于', gone: '这位用户不存在，或者不在本租户。' },
  can: { title: '此人能做什么', loading: '正在载入权限', nothing: '没有任何权限。', from: '来自 {{names}}', list: '、' },
  locale: { 'zh-CN': '简体中文', 'en-US': 'English' },
  form: {
    add: '添加用户',
    edit: '编辑 {{name}}',
    name: '姓名',
    email: '邮箱',
    email_hint: '对方用它登录。我们不发邮件，添加后把一次性链接交给对方。',
    roles: '角色',
    roles_hint: '只能给出不超出你自己权限的角色。',
    locale: '语言',
    submit: '添加并生成链接',
    save: '保存',
    cancel: '取消',
    stale: '此人刚被别人改过。已载入最新版本，你填的内容还在，请核对后再保存。',
  },
  issue: {
    name_required: '请填写姓名',
    name_long: '最多 80 个字',
    email_required: '请填写邮箱',
    email_invalid: '邮箱格式不对，应形如 name@example.com',
    roles_required: '至少选择一个角色',
    email_taken: '本租户已有人使用这个邮箱',
    last_admin: '这是最后一位租户管理员。请先让另一个人成为租户管理员，再更改。',
    last_operator: '这是最后一位平台运维人员。请先让另一个人成为平台运维人员，再更改。',
    beyond: '超出了你自己拥有的权限',
    user_disabled: '此人已停用，请先启用',
  },
  disable: {
    title: '停用 {{name}}？',
    text: '{{email}} 会立刻在所有设备上退出，正在生成的回答会停止接收，之后不能再登录。会话会保留，随时可以重新启用。',
    submit: '停用 {{name}}',
  },
  enable: {
    title: '启用 {{name}}？',
    text: '{{email}} 可以用原来的密码重新登录；从未设过密码的，需要一个新的一次性链接。',
    submit: '启用 {{name}}',
  },
  bulk: {
    disable: { title_other: '停用 {{count}} 位用户？', text: '他们会立刻在所有设备上退出，之后不能再登录。会话会保留，随时可以重新启用。', submit_other: '停用 {{count}} 位' },
    enable: { title_other: '启用 {{count}} 位用户？', text: '他们可以用原来的密码重新登录；从未设过密码的，需要一个新的一次性链接。', submit_other: '启用 {{count}} 位' },
    refused: '{{name}}：{{reason}}',
  },
  reset: {
    title: '给 {{name}} 一个新链接？',
    text: '此前的链接会失效，{{email}} 会在所有设备上退出，直到用新链接设好密码。',
    submit: '生成链接',
  },
  link_once: '只显示这一次：关闭后无法再看到，只能重新生成。',
} as const;
export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    users: typeof texts;
  }
}
