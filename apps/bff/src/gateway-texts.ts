import type { ErrorName, Locale, SupplierFailureKind } from '@lyss/api-types';

type Texts = Record<Locale, string>;

/** What only callers of the model gateway are told. */
export const gatewayTexts: Partial<Record<ErrorName, Record<string, Texts>>> = {
  UNAUTHORIZED: {
    no_api_key: { 'zh-CN': '请在 Authorization 请求头里带上 API 密钥：Bearer lyss_…。', 'en-US': 'Send an API key in the Authorization header: Bearer lyss_….' },
  },
  TOKEN_INVALID: {
    not_an_api_key: { 'zh-CN': '这个 API 密钥无效。密钥以 lyss_ 开头，可在控制台的“API 密钥”中创建。', 'en-US': 'This API key is not valid. Keys begin with lyss_ and are made in the console under API keys.' },
  },
  INVALID_FORMAT: {
    host: { 'zh-CN': 'Host 请求头无效。', 'en-US': 'The Host header is not valid.' },
  },
  INVALID_INPUT: {
    not_carried: { 'zh-CN': '网关还不能把这个字段交给这个模型的供应商。', 'en-US': 'The gateway cannot hand this field to this model’s supplier yet.' },
  },
  OPERATION_NOT_ALLOWED: {
    price_unknown: { 'zh-CN': '这个模型没有价格，而有硬性预算约束本次调用，所以没有发出。', 'en-US': 'This model has no price, and a hard budget counts this call, so it was not made.' },
  },
  RESOURCE_NOT_FOUND: {
    unknown_url: { 'zh-CN': '网关没有这个路径。', 'en-US': 'The gateway has no such path.' },
  },
};

/** A supplier's failure in one sentence of ours. */
export const supplierKindTexts: Record<SupplierFailureKind | 'refused', Texts> = {
  refused: { 'zh-CN': '供应商拒绝了这个请求，请检查参数。', 'en-US': 'The supplier refused this request. Check its parameters.' },
  authentication_failed: { 'zh-CN': '供应商拒绝了租户的密钥，请联系租户管理员。', 'en-US': 'The supplier refused the tenant’s key. Ask a tenant admin.' },
  permission_denied: { 'zh-CN': '租户的密钥在供应商处没有这个权限，请联系租户管理员。', 'en-US': 'The tenant’s key is not allowed to do this at the supplier. Ask a tenant admin.' },
  endpoint_not_found: { 'zh-CN': '供应商的地址上没有这个接口，请联系租户管理员。', 'en-US': 'The supplier’s address has no such endpoint. Ask a tenant admin.' },
  model_not_found: { 'zh-CN': '供应商没有这个模型。', 'en-US': 'The supplier does not have this model.' },
  rate_limited: { 'zh-CN': '供应商限制了请求频率，请稍后再试。', 'en-US': 'The supplier limits the rate of requests. Try again later.' },
  quota_exhausted: { 'zh-CN': '租户在供应商处的额度已用完，请联系租户管理员。', 'en-US': 'The tenant’s quota at the supplier is used up. Ask a tenant admin.' },
  context_length_exceeded: { 'zh-CN': '内容超过了模型的上下文长度，请缩短后重试。', 'en-US': 'The content is longer than the model’s context. Shorten it and try again.' },
  content_filtered: { 'zh-CN': '供应商的内容过滤拦下了这个请求。', 'en-US': 'The supplier’s content filter stopped this request.' },
  server_error: { 'zh-CN': '供应商内部出错，请稍后重试。', 'en-US': 'The supplier failed. Try again later.' },
  overloaded: { 'zh-CN': '供应商过载，请稍后重试。', 'en-US': 'The supplier is overloaded. Try again later.' },
  timeout: { 'zh-CN': '供应商没有在限定时间内回应。', 'en-US': 'The supplier did not answer in time.' },
  connection_failed: { 'zh-CN': '与供应商的连接失败，或在回答结束前断开。', 'en-US': 'The connection to the supplier failed, or broke before the answer was finished.' },
  address_not_allowed: { 'zh-CN': '供应商的地址不被允许，请联系租户管理员。', 'en-US': 'The supplier’s address is not allowed. Ask a tenant admin.' },
  invalid_response: { 'zh-CN': '供应商的回答不符合约定的格式。', 'en-US': 'The supplier’s answer was not in the form that was agreed on.' },
  unknown: { 'zh-CN': '供应商以未知的方式失败了。', 'en-US': 'The supplier failed in an unknown way.' },
};
