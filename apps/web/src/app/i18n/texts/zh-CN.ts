const texts = {
  product: 'Lyss',
  actions: {
    save: '保存',
    cancel: '取消',
    close: '关闭',
    retry: '重试',
    back: '返回',
    sign_out: '退出登录',
  },
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    app: typeof texts;
  }
}
