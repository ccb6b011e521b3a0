const texts = {
  title: '登录 Lyss',
  ended: '登录已失效，请重新登录后继续',
  ended_by: {
    session_ended: '这台设备的登录已结束，请重新登录后继续',
    password_changed: '密码已修改，请用新密码登录',
    password_reset: '租户管理员重置了你的密码，请用收到的链接设置新密码',
    user_disabled: '你的账号已被停用，请联系租户管理员',
    tenant_suspended: '这个租户已被暂停，请联系平台运维人员',
    refresh_reused: '为了安全已退出登录：一个旧的登录凭据被再次使用。如果不是你，登录后请修改密码',
    second_factors_changed: '你的账号启用了两步验证，请重新登录后继续',
    second_factors_reset: '租户管理员重置了你的两步验证，请重新登录',
  },
  line: '使用租户管理员为你开通的邮箱',
  password: { label: '密码', missing: '请输入密码' },
  submit: '登录',
  or: '或',
  refused: { tenant_suspended: '这个租户已被暂停，请联系平台运维人员', user_disabled: '你的账号已被停用，请联系租户管理员' },
  workspace: {
    hint: '如果邮箱和密码都没有错，请填写你所在的工作区，可以问租户管理员',
    title: '选择工作区',
    line: '这个邮箱属于多个租户',
    back: '换一个账号',
  },
  forgotten: { ask: '忘记密码？', by_hand: '忘记密码？请租户管理员给你一个一次性链接。' },
  organisation: { go: '通过 {{name}} 登录', only: '这个组织只能这样登录，密码已关闭。' },
  set_up_needed: '这个平台还没有完成初始设置。请打开最近一次启动时打印在终端里的设置链接。',
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    'sign-in': typeof texts;
  }
}
