const texts = {
  title: '概览',
  greetings: { night: '夜深了，{{name}}', morning: '上午好，{{name}}', noon: '中午好，{{name}}', afternoon: '下午好，{{name}}', evening: '晚上好，{{name}}' },
  line: '{{tenant}} 的 AI 入口',
  checklist: {
    title: '开始使用',
    progress: '完成 {{done}} / {{total}}',
    supplier: { title: '添加供应商', line: '接入一个真实的模型供应商；在此之前由演示供应商回答' },
    person: { title: '添加一位同事', line: '一条一次性链接，让对方自己设置密码' },
    chat: { title: '发起第一次对话', line: '选一个模型，问它一个问题' },
    done: '已完成',
  },
  attention: { title: '需要处理', used_up: '预算已用完', warned: '预算接近上限' },
  entries: {
    title: '常用',
    chat: { title: '对话', line: '继续之前的会话，或开始一个新的' },
    suppliers: { title: '供应商', line: '密钥、模型与连通情况' },
    users: { title: '用户', line: '添加用户，调整角色' },
    settings: { title: '租户设置', line: '名称、语言、货币与时区' },
    tenants: { title: '租户', line: '新建、暂停或恢复租户' },
    profile: { title: '个人设置', line: '姓名、外观与语言' },
  },
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    overview: typeof texts;
  }
}
