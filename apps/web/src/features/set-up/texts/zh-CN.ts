const texts = {
  title: '初始设置',
  progress: '第 {{current}} 步，共 {{total}} 步',
  done: '已完成',
  waiting: '正在读取',
  later: '以后再说',
  steps: { owner: '你的账号', tenant: '租户', supplier: '供应商', models: '模型', chat: '第一次对话' },
  owner: {
    title: '先认识一下你',
    line: '你将成为平台运维人员，也是第一位租户管理员',
    resumed: '之前填写的内容还在，只有密码要重新输入：密码不会被保存。',
    name: '姓名',
    name_missing: '请输入姓名',
    email: '邮箱',
    email_malformed: '请输入有效的邮箱地址',
    password: '密码',
    password_short_other: '密码至少需要 {{count}} 个字符',
  },
  tenant: {
    title: '你的组织',
    line: '组织在这里叫作租户：用户、密钥和会话都在它里面，互不相通',
    name: '组织名称',
    name_missing: '请输入组织名称',
    workspace: '工作区',
    workspace_hint: '3–32 个小写字母、数字或连字符，用来在登录时区分租户，以后不能更改',
    workspace_malformed: '请用 3–32 个小写字母、数字或连字符，首尾不能是连字符',
    submit: '创建并登录',
  },
  supplier: {
    title: '接入一个供应商',
    line: '密钥加密保存，只会发往它自己的地址。连接前会先做一次真实的测试。',
    connect: '测试并保存',
    already: '已经接入：{{names}}。可以直接继续，也可以现在再接入一个。',
    another: '再接入一个',
    demo: '还没有密钥？',
    demo_use: '先用演示',
  },
  models: { title: '可以使用的模型', line: '租户里的每个人现在都能与这些模型对话', demo: '演示', window: '{{size}} 上下文', more_other: '另外还有 {{count}} 个', none: '现在还没有可用的模型，添加供应商之后就有了。' },
  chat: {
    title: '都准备好了',
    line: '问一个问题试试，发送前还可以修改',
    question: '第一个问题',
    example: '用三句话介绍一下 Lyss 能做什么',
    open: '去对话',
    later: '先看看概览',
  },
  closed: { title: '平台已经设置好了', line: '设置链接只用一次。请直接登录。', action: '去登录' },
  made: { title: '账号和租户已经建好', line: '不需要再建一次。请用能保存登录的浏览器打开 {{address}}，用刚才的邮箱和密码登录，再接入供应商。' },
  no_link: {
    title: '需要设置链接',
    dead: '这个设置链接已经失效',
    line: '请在这里或新标签页里打开最近一次启动时打印在终端里的链接。链接 30 分钟内有效，重新启动会得到一个新的。',
    kept: '刚才填写的内容还在，只有密码要重新输入。',
  },
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    'set-up': typeof texts;
  }
}
