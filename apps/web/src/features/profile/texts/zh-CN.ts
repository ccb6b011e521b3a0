const texts = {
  title: '个人设置',
  line: '你的姓名，以及控制台在你面前的样子',
  account: '账号',
  email: '邮箱',
  email_hint: '邮箱由租户管理员修改',
  name: '姓名',
  name_missing: '请输入姓名',
  saved: '已保存',
  stale: '内容在别处被改过，已读入最新的，请再保存一次',
  look: '显示',
  at_once: '选中后立即生效',
  time_zone: '时区',
  tenant_zone: '跟随租户（{{zone}}）',
  roles: '角色',
  role_names: { super_admin: '平台运维人员', tenant_admin: '租户管理员', end_user: '成员' },
  security: {
    password: '密码',
    password_line: '修改后，其他设备会立即退出登录',
    current: '当前密码',
    current_missing: '请输入当前密码',
    fresh: '新密码',
    issue: { too_short: '密码至少需要 15 个字符，可以用一句话', same: '新密码和当前密码一样', contains_name: '密码里不要包含姓名、邮箱或租户的名称' },
    change: '修改密码',
    changed: '密码已修改，其他设备已退出登录',
    sessions: '登录的设备',
    sessions_line: '看到不认识的设备，请结束它并修改密码',
    device: '{{system}} 上的 {{client}}',
    script: '脚本',
    unknown: '未知设备',
    this_device: '本设备',
    now: '正在使用',
    last_used: '最近使用',
    since: '登录于',
    end: '结束',
    end_device: '结束 {{device}} 的登录',
    more: '显示更多',
    end_others: {
      ask: '退出其他所有设备',
      title: '退出其他所有设备？',
      text: '除了本设备，其他设备和脚本都会立即退出登录，正在接收的回答也会中断。',
      submit: '全部退出',
      cancel: '取消',
    },
  },
  looks: { title: '谁查看过我的数据', line: '有权查看他人数据的人必须说明原因，每次最长 30 分钟', nobody: '还没有人查看过。', until: '至' },
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    profile: typeof texts;
  }
}
