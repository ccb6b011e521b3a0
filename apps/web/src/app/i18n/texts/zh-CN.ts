const texts = {
  offline: '网络已断开，恢复后会自动继续',
  insecure: '这个平台没有使用 https，登录信息在网络上不受保护。请联系平台运维人员。',
  skip: '跳到内容',
  actions: { save: '保存', cancel: '取消', close: '关闭', retry: '重试', back: '返回', next: '下一步', sign_out: '退出登录', copy: '复制', copied: '已复制' },
  password: { show: '显示密码', hide: '隐藏密码', caps_lock: '大写锁定已打开', missing_other: '还差 {{count}} 个字符，可以用一句话', enough: '长度足够' },
  theme: { label: '外观', light: '浅色', dark: '深色', system: '跟随系统', to_light: '切换到浅色', to_dark: '切换到深色' },
  language: { label: '语言', switch: '切换语言' },
  visitor: { sentence: '一个入口，管好组织里的每一次 AI 调用。', drawing: '请求经过策略，到达模型', request: '请求', policy: '策略', model: '模型' },
  unreachable: { title: '连不上服务器', line: '请检查网络，或稍后重试。' },
  nav: {
    label: '主导航',
    supply: '供给',
    govern: '治理',
    operate: '运维',
    overview: '概览',
    chat: '对话',
    suppliers: '供应商',
    users: '用户',
    settings: '租户设置',
    tenants: '租户',
    profile: '个人设置',
    collapse: '收起侧栏',
    expand: '展开侧栏',
    open: '打开菜单',
  },
  palette: {
    open: '搜索或输入命令…',
    label: '命令',
    placeholder: '输入要去的地方或要做的事',
    none: '没有匹配的命令',
    go: '前往',
    act: '操作',
    new_chat: '开始新对话',
    add_supplier: '添加供应商',
    add_user: '添加用户',
    add_tenant: '新建租户',
    to_english: '切换到英文',
    to_chinese: '切换到中文',
    shortcuts: '查看快捷键',
  },
  // Latin letters that find a command while the input method is off.
  keywords: {
    overview: 'gailan gl overview home',
    chat: 'duihua dh chat',
    suppliers: 'gongyingshang gys suppliers keys',
    users: 'yonghu yh users people',
    settings: 'zuhushezhi shezhi zhsz settings',
    tenants: 'zuhu zh tenants',
    profile: 'gerenshezhi grsz profile account',
    new_chat: 'xinduihua xdh new chat',
    add_supplier: 'tianjiagongyingshang tjgys add supplier',
    add_user: 'tianjiayonghu tjyh yaoqing add invite user',
    add_tenant: 'xinjianzuhu xjzh new tenant',
    theme: 'waiguan shense qianse theme dark light',
    language: 'yuyan yingwen zhongwen language english chinese',
    shortcuts: 'kuaijiejian kjj shortcuts help',
    sign_out: 'tuichudenglu tcdl sign out logout',
  },
  shortcuts: { title: '快捷键', palette: '打开命令面板', help: '查看快捷键', go: '先按 {{first}}，再按 {{second}}', sidebar: '收起或展开侧栏' },
  route: {
    waiting: '正在打开页面',
    failed: '这一页没有打开',
    request_id: '请求编号',
    missing: '没有这一页',
    missing_line: '地址可能写错了，或者内容已经不在了。',
    home: '回到概览',
    denied: '你没有打开这一页的权限',
    denied_line: '需要的话，请让租户管理员为你授权。',
  },
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    app: typeof texts;
  }
}
