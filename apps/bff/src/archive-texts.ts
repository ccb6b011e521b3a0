import type { ErrorName, Locale } from '@lyss/api-types';

/** What is refused about a tenant's archives, by the failure's name and `details.reason`. */
export const archiveTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  RESOURCE_CONFLICT: {
    export_in_progress: { 'zh-CN': '已有一个导出正在生成，请等它完成或先停止它。', 'en-US': 'An export of the tenant is being made already. Wait for it, or stop it first.' },
    import_in_progress: { 'zh-CN': '已有一个导入在进行，请先完成或取消它。', 'en-US': 'An import is under way already. Finish or cancel it first.' },
  },
  OPERATION_NOT_ALLOWED: {
    tenant_not_empty: { 'zh-CN': '只能导入到空的租户；这个租户里已经有内容。', 'en-US': 'An archive can be brought into an empty tenant only; this one holds something already.' },
    import_not_awaited: { 'zh-CN': '这个导入不再接收内容，请重新开始。', 'en-US': 'This import takes nothing more. Begin again.' },
    import_not_judged: { 'zh-CN': '这个导入还没有通过检查，不能写入。', 'en-US': 'This import has not passed its check, so it cannot be brought in.' },
    import_of_somebody_else: { 'zh-CN': '这个导入是按另一个人的权限检查的，请由那个人写入，或重新开始。', 'en-US': 'It was checked by what somebody else may do. Let them bring it in, or begin again.' },
    import_applying: { 'zh-CN': '正在写入，不能停止。', 'en-US': 'It is being brought in and cannot be stopped.' },
    range_not_satisfiable: { 'zh-CN': '文件没有这么长，请从头下载。', 'en-US': 'The file is not that long. Download it from its beginning.' },
    import_done: { 'zh-CN': '已经写入，不能删除这条记录。', 'en-US': 'It was brought in; its record stays.' },
  },
};
