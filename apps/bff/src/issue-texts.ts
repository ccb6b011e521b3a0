import type { Issue, Locale } from '@lyss/api-types';

/** What our own field errors say, by code or, where one code has several, by `path:code`. zod's own texts stay as they are. */
const texts: Record<string, Record<Locale, string>> = {
  required: { 'zh-CN': '必填。', 'en-US': 'This is required.' },
  invalid_url: { 'zh-CN': '请填写完整的地址，以 https:// 开头，不含用户名和密码。', 'en-US': 'Enter a whole address that begins with https:// and holds no user name or password.' },
  invalid_email: { 'zh-CN': '邮箱格式不对。', 'en-US': 'This is not an e-mail address.' },
  password_too_short: { 'zh-CN': '密码至少 15 个字符，可以用一句话。', 'en-US': 'Use at least 15 characters; a sentence is fine.' },
  password_too_short_here: { 'zh-CN': '你的租户要求密码至少 {{message}} 个字符。', 'en-US': 'Your tenant asks for at least {{message}} characters.' },
  password_blocked_word: { 'zh-CN': '密码里有你的租户不允许的词，请换一个。', 'en-US': 'It holds a word that your tenant does not allow in passwords.' },
  password_too_long: { 'zh-CN': '密码最多 256 个字符。', 'en-US': 'Use at most 256 characters.' },
  password_common: { 'zh-CN': '这个密码太常见，容易被猜到，请换一个。', 'en-US': 'This password is common and easily guessed. Choose another one.' },
  password_contains_name: { 'zh-CN': '密码里不要含有姓名、邮箱、租户或产品的名字。', 'en-US': 'Leave your name, address, tenant and the product’s name out of the password.' },
  password_incorrect: { 'zh-CN': '当前密码不正确。', 'en-US': 'This is not your current password.' },
  name_differs: { 'zh-CN': '与租户的名称不一致。', 'en-US': 'This is not the tenant’s name.' },
  code_incorrect: { 'zh-CN': '验证码不正确或已使用过，请等下一个验证码。', 'en-US': 'That code is not right, or was used before. Try the next one.' },
  passkey_refused: { 'zh-CN': '这个通行密钥没有通过验证，请重试。', 'en-US': 'This passkey was not accepted. Try again.' },
  password_too_short_for_factor: { 'zh-CN': '密码至少 8 个字符。', 'en-US': 'Use at least 8 characters.' },
  logo_too_large: { 'zh-CN': '图片超过 256 kB，请压缩或换一张。', 'en-US': 'The picture is larger than 256 kB. Compress it, or choose another one.' },
  logo_not_an_image: { 'zh-CN': '这不是静态的 PNG、JPEG 或 WebP 图片。', 'en-US': 'This is no still PNG, JPEG or WebP picture.' },
  logo_too_many_pixels: { 'zh-CN': '图片的边长超过 2048 像素，请缩小后再上传。', 'en-US': 'A side of the picture is longer than 2048 pixels. Make it smaller.' },
  logo_too_few_pixels: { 'zh-CN': '图片的边长不到 16 像素，请换一张更大的。', 'en-US': 'A side of the picture is shorter than 16 pixels. Choose a larger one.' },
  roles_required: { 'zh-CN': '至少选择一个角色。', 'en-US': 'Choose at least one role.' },
  secret_for_issuer: { 'zh-CN': '换了颁发者，请填写新的客户端密钥。', 'en-US': 'Another issuer needs its own client secret.' },
  unknown_role: { 'zh-CN': '这个角色已经不存在，请刷新后再选。', 'en-US': 'This role is no longer there. Reload and choose again.' },
  invalid_network: { 'zh-CN': '这不是 IP 地址或 CIDR 网段，例如 203.0.113.0/24。', 'en-US': 'This is no IP address or CIDR block, such as 203.0.113.0/24.' },
  subject_not_taken: { 'zh-CN': '整个租户的预算不需要选择对象。', 'en-US': 'A budget of the whole tenant is about nobody in particular.' },
  subject_unknown: { 'zh-CN': '选择的对象已经不存在，请重新选择。', 'en-US': 'What it is about is no longer there. Choose again.' },
  per_each_needed: { 'zh-CN': '对所有人或所有密钥的预算只能分别计算。', 'en-US': 'A budget for everybody, or for every key, counts for each by itself.' },
  only_for_once: { 'zh-CN': '只有一次性预算才有起止时间。', 'en-US': 'Only a budget for once has a start and an end.' },
  ends_before_start: { 'zh-CN': '结束时间要晚于开始时间。', 'en-US': 'Choose an end after the start.' },
  more_than_nothing: { 'zh-CN': '金额要大于 0。', 'en-US': 'Enter more than nothing.' },
  raise_too_long: { 'zh-CN': '临时提高最长 31 天。', 'en-US': 'A raise lasts 31 days at most.' },
  expires_in_past: { 'zh-CN': '请选择将来的时间。', 'en-US': 'Choose a time in the future.' },
  expires_too_late: { 'zh-CN': '最长两年。', 'en-US': 'Two years ahead at most.' },
  invalid_cursor: { 'zh-CN': '请使用上一次列表返回的 next_cursor，并保持相同的排序。', 'en-US': 'Take next_cursor from the list’s last answer, with the same sort.' },
  repeated: { 'zh-CN': '同一个参数只能出现一次。', 'en-US': 'Send this parameter only once.' },
  'base_url:not_editable': { 'zh-CN': '这个供应商的地址是固定的。', 'en-US': 'This supplier’s address is fixed.' },
  'api_key:not_needed': { 'zh-CN': '演示供应商不需要密钥。', 'en-US': 'The demo supplier needs no key.' },
  two_carriers: { 'zh-CN': '请只发送 Cookie 或 Authorization 请求头之一。', 'en-US': 'Send a cookie or an Authorization header, not both.' },
  'If-Match:invalid_format': { 'zh-CN': '写成带引号的版本号，例如 "3"。', 'en-US': 'Send the version in quotes, such as "3".' },
  'Last-Event-ID:invalid_format': { 'zh-CN': '应为事件的序号。', 'en-US': 'Send an event’s sequence number.' },
  'Idempotency-Key:invalid_format': { 'zh-CN': '1–255 个可见 ASCII 字符。', 'en-US': 'Send 1–255 visible ASCII characters.' },
};

/** The issues of a failure in the caller's language. */
export function localizeIssues(issues: unknown, locale: Locale): Issue[] {
  // `issues` is written by this app alone: validate.ts and AppError's callers.
  return (issues as Issue[]).map((issue) => ({ ...issue, message: (texts[`${issue.path}:${issue.code}`] ?? texts[issue.code])?.[locale].replace('{{message}}', issue.message) ?? issue.message }));
}
