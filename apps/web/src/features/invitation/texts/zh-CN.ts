const texts = {
  page_title: '设置密码',
  reading: '正在读取链接',
  email: '邮箱',
  name: '姓名',
  password: '设置密码',
  too_short_other: '密码至少需要 {{count}} 个字符',
  submit: '设置密码并登录',
  welcome: { title: '加入 {{tenant}}', line: '为你的账号设置一个密码，之后就用它登录' },
  saved: { title: '密码已经设置好了', line: '不需要再设置一次。请用能保存登录的浏览器打开 {{address}}，用邮箱和这个密码登录。' },
  closed: { title: '这个链接已经不能用了', line: '链接只能使用一次，并且有时限。请让租户管理员再发一个。', action: '去登录' },
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    invitation: typeof texts;
  }
}
