const texts = {
  title: '租户',
  lead: '平台上的每个组织：看得到数量和状态，看不到会话和密钥。',
  add: '新建租户',
  total_other: '共 {{count}} 个租户',
  position_other: '本页 {{count}} 个',
  mine: '我的租户',
  state: { active: '正常', suspended: '已暂停' },
  column: { name: '名称', state: '状态', users_count: '用户', workspace: '工作区', last_active_at: '最近活动', created_at: '创建时间' },
  people_unit_other: '人',
  never: '从未',
  list: {
    search: '按名称或工作区搜索',
    loading: '正在载入租户',
    not_found: '没有符合条件的租户',
    failed: '租户列表没有载入',
    forbidden: '你不能查看租户',
    who: '只有平台运维人员可以管理租户。',
    empty: '还没有租户',
    why: '新建一个租户并邀请它的第一位租户管理员，之后由对方自己管理。',
  },
  menu: { open: '查看', rename: '改名', suspend: '暂停', resume: '恢复' },
  peek: { previous: '上一个', next: '下一个', id: '编号', locale: '语言', currency: '货币', time_zone: '时区', updated: '更新于', gone: '没有这个租户。' },
  locale: { 'zh-CN': '简体中文', 'en-US': 'English' },
  form: {
    add: '新建租户',
    tenant: '租户',
    admin: '第一位租户管理员',
    name: '名称',
    workspace: '工作区',
    workspace_hint: '登录时用来区分租户：3–32 个小写字母、数字或连字符。建好后不能更改。',
    locale: '默认语言',
    currency: '货币',
    currency_hint: '预算和费用都用它计算。',
    time_zone: '时区',
    admin_name: '姓名',
    admin_email: '邮箱',
    admin_hint: '我们不发邮件，建好后把一次性链接交给对方。',
    submit: '新建并生成链接',
    save: '保存',
    cancel: '取消',
    stale: '它刚被别人改过。已载入最新版本，请核对后再试。',
  },
  issue: {
    name_required: '请填写名称',
    name_long: '最多 80 个字',
    workspace_required: '请填写工作区',
    workspace_invalid: '3–32 个小写字母、数字或连字符，首尾不能是连字符',
    workspace_taken: '这个工作区已被使用',
    admin_name_required: '请填写姓名',
    admin_email_required: '请填写邮箱',
    admin_email_invalid: '邮箱格式不对，应形如 name@example.com',
    own_tenant: '这是你自己所在的租户，暂停它会把平台的门锁上。',
  },
  suspend: {
    title: '暂停 {{name}}？',
    text: '它的 {{count}} 位用户会立刻在所有设备上退出，之后不能登录。数据都会保留，随时可以恢复。',
    submit: '暂停 {{name}}',
  },
  resume: {
    title: '恢复 {{name}}？',
    text: '它的 {{count}} 位用户可以重新登录。',
    submit: '恢复 {{name}}',
  },
  rename: { title: '给 {{name}} 改名', hint: '工作区 {{workspace}} 不变。' },
  link_once: '只显示这一次：关闭后无法再看到。',
} as const;
export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    tenants: typeof texts;
  }
}
