import type { ErrorName, Locale } from '@lyss/api-types';

/** What stands in the way of a change, a reply or a repeated request, where `details.reason` makes the code's own text untrue. */
export const refusalTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  PASSWORD_INCORRECT: {
    workspace_needed: { 'zh-CN': '邮箱或密码不正确。如果确定没有错，请填写你所在的工作区后重试。', 'en-US': 'The e-mail address or the password is not correct. If you are sure of both, enter your workspace and try again.' },
  },
  INSUFFICIENT_PERMISSIONS: {
    model_not_for_roles: { 'zh-CN': '这个模型没有向你的角色开放。请换一个模型，或联系租户管理员。', 'en-US': 'This model is not offered to any of your roles. Choose another one, or ask a tenant admin.' },
    beyond_own_permissions: { 'zh-CN': '其中有你自己没有的权限，所以不能执行。', 'en-US': 'This takes permissions that you do not have yourself.' },
    origin: { 'zh-CN': '这个请求来自另一个网站，已拒绝。请在控制台自己的地址上操作。', 'en-US': 'This request came from another site and was refused. Use the console at its own address.' },
  },
  BUDGET_EXCEEDED: {
    budget_exceeded: {
      'zh-CN': '预算余额不够这次调用，所以没有发出。下个周期开始后就能继续；着急的话，请租户管理员提高预算，或换一个更便宜的模型。',
      'en-US': 'What is left of the budget does not cover this call, so it was not made. It is free again when its next period begins; until then ask a tenant admin to raise it, or choose a cheaper model.',
    },
    price_unknown: {
      'zh-CN': '这个模型没有价格，而你的调用受预算限制，所以没有发出。请租户管理员给它设定价格，或换一个有价格的模型。',
      'en-US': 'This model has no price, and your calls have a budget that must hold, so it was not made. Ask a tenant admin to set its price, or choose a model that has one.',
    },
  },
  SERVICE_UNAVAILABLE: {
    interrupted: { 'zh-CN': '服务停止或重启，这个回答没有完成。请重新生成。', 'en-US': 'The service stopped or restarted before the answer was finished. Have it made anew.' },
  },
  RESOURCE_CONFLICT: {
    shown_once: { 'zh-CN': '这个请求已经完成，它的内容只显示一次，不能再取。如果没有收到，请用新的请求重做。', 'en-US': 'This request was done, and what it made is shown only once. If it did not reach you, make a new request.' },
    idempotency_running: { 'zh-CN': '同一个请求还在处理，请稍后再试。', 'en-US': 'The same request is still being worked on. Try again shortly.' },
    idempotency_done: { 'zh-CN': '同一个请求已经完成，但它的回答没有留下。请刷新查看结果。', 'en-US': 'The same request was done, but its answer was not kept. Reload to see what came of it.' },
    idempotency_other_body: { 'zh-CN': '这个幂等键已用于另一个内容不同的请求，请换一个。', 'en-US': 'This idempotency key was used for another request. Choose a new one.' },
    name_taken: { 'zh-CN': '这个名称已被使用，请换一个。', 'en-US': 'That name is taken. Choose another one.' },
    alias_taken: { 'zh-CN': '已有模型使用这个别名或名称，请换一个。', 'en-US': 'Another model goes by that name already. Choose another alias.' },
    currency_changed: { 'zh-CN': '租户的币种已被更改，请刷新后再设置汇率。', 'en-US': 'The tenant’s currency was changed meanwhile. Reload, then set the rate.' },
    workspace_taken: { 'zh-CN': '这个工作区已被使用，请换一个。', 'en-US': 'That workspace is taken. Choose another one.' },
    stale_version: { 'zh-CN': '内容已被他人修改，请刷新后重试。', 'en-US': 'Someone changed it meanwhile. Reload and try again.' },
    reply_running: { 'zh-CN': '上一个回答还没有结束。请等它完成，或先停止它。', 'en-US': 'The last answer is still being made. Wait for it, or stop it first.' },
  },
  OPERATION_NOT_ALLOWED: {
    role_in_use: { 'zh-CN': '还有用户拥有这个角色，请先从他们那里移除。', 'en-US': 'People still have this role. Take it from them first.' },
    setup_done: { 'zh-CN': '平台已经设置完成，请直接登录。', 'en-US': 'This platform is set up already. Sign in.' },
    rate_not_needed: { 'zh-CN': '租户使用美元，与目录价格相同，不需要汇率。', 'en-US': 'The tenant reckons in US dollars as the catalogue does: no rate is needed.' },
    model_disabled: { 'zh-CN': '这个模型已被停用，请换一个模型。', 'en-US': 'This model is switched off. Choose another one.' },
    not_an_answer: { 'zh-CN': '只能重新生成模型的回答。', 'en-US': 'Only an answer of a model can be made anew.' },
    key_not_needed: { 'zh-CN': '这个供应商不需要密钥。', 'en-US': 'This supplier needs no key.' },
    key_required_for_new_host: { 'zh-CN': '地址改到了另一台主机，请重新填写密钥。', 'en-US': 'The address leads to another host: enter the key again.' },
    replies_running: { 'zh-CN': '还有回答正在使用它，请等它们结束后再试。', 'en-US': 'Answers are being made with it right now. Try again when they are done.' },
    usage_too_long: { 'zh-CN': '这个范围超过 5 万行，请缩短时间、加上筛选，或换一种分组。', 'en-US': 'That is more than 50,000 lines. Take a shorter range, a filter or another grouping.' },
    conversations_depend: { 'zh-CN': '还有对话在使用它的模型。仍要删除的话请确认，这些对话之后要改选模型。', 'en-US': 'Conversations use its models. Confirm that you want to delete it all the same; they will need another model.' },
  },
};
