const texts = {
  ask: {
    title: '忘记密码',
    line: '填写登录用的邮箱，我们会寄去一个设置新密码的链接',
    workspace_hint: '同一个邮箱属于多个租户时，填写它只寄这一个',
    submit: '发送链接',
  },
  sent: {
    title: '请查收邮件',
    line: '如果 {{email}} 有账号，几分钟内会收到一封邮件。链接 15 分钟内有效，只能使用一次。',
    hint: '没有收到？请看看垃圾邮件，确认邮箱没有写错，或者请租户管理员给你一个一次性链接。',
    again: '换一个邮箱',
  },
  by_hand: { title: '这里不发送邮件', line: '请租户管理员给你一个设置新密码的一次性链接，在“用户”页面里可以生成。' },
  choose: {
    title: '设置新密码',
    line: '设置之后，所有设备都需要重新登录',
    reading: '正在读取链接',
    email: '邮箱',
    password: '新密码',
    too_short_other: '密码至少需要 {{count}} 个字符',
    submit: '保存新密码',
  },
  done: { title: '新密码已保存', line: '请用它登录' },
  closed: { title: '这个链接已经不能用了', line: '链接只能使用一次，15 分钟内有效。修改密码或角色之后，之前的链接也会失效。', action: '重新发送' },
  sign_in: '去登录',
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    'forgotten-password': typeof texts;
  }
}
