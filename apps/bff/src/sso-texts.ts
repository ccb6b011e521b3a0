import type { ErrorName, Locale } from '@lyss/api-types';

/** What sign-in through an organisation's identity provider says, where `details.reason` makes the code's own text untrue. */
export const ssoTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  THIRD_PARTY_ERROR: {
    sso_denied: { 'zh-CN': '身份提供方没有允许这次登录。', 'en-US': 'The identity provider did not allow this sign-in.' },
    sso_wrong_secret: { 'zh-CN': '身份提供方不接受 Lyss 的客户端密钥，请租户管理员在单点登录设置里更新。', 'en-US': 'The identity provider does not accept Lyss’s client secret. A tenant admin can replace it in the single sign-on settings.' },
    sso_clock: { 'zh-CN': '身份提供方的时钟与本服务器相差超过一分钟，令牌不在有效期内。', 'en-US': 'The identity provider’s clock and this server’s differ by more than a minute, so its token is not valid now.' },
    sso_token_invalid: { 'zh-CN': '身份提供方的令牌没有通过校验（签名、颁发者、受众或一次性编号），登录已拒绝。', 'en-US': 'The identity provider’s token failed a check (signature, issuer, audience or nonce), so the sign-in was refused.' },
    sso_issuer_mismatch: { 'zh-CN': '这个地址的发现文档写的是另一个颁发者，请照抄文档里的 issuer。', 'en-US': 'The discovery document at this address names another issuer. Copy its issuer exactly.' },
    sso_not_a_provider: { 'zh-CN': '这个地址没有 OpenID Connect 的发现文档。', 'en-US': 'There is no OpenID Connect discovery document at this address.' },
    sso_unsupported: { 'zh-CN': '这个身份提供方不支持授权码流程和 client_secret_basic，无法使用。', 'en-US': 'This identity provider does not support the authorization code flow with client_secret_basic.' },
    sso_endpoint_moved: { 'zh-CN': '身份提供方的令牌地址换了主机，请租户管理员重新填写客户端密钥以确认。', 'en-US': 'The identity provider’s token endpoint moved to another host. A tenant admin confirms this by entering the client secret again.' },
    sso_code_refused: { 'zh-CN': '身份提供方没有接受登录代码，请重新登录。', 'en-US': 'The identity provider did not accept the sign-in’s code. Sign in again.' },
  },
  NETWORK_ERROR: {
    sso_unreachable: { 'zh-CN': '连不上身份提供方，或它的地址不被允许。', 'en-US': 'The identity provider could not be reached, or its address is not allowed.' },
  },
  TOKEN_INVALID: {
    sso_attempt: { 'zh-CN': '这次登录已过期、已用过，或不是在这个浏览器里开始的。请重新登录。', 'en-US': 'This sign-in has expired, was used already or was not begun in this browser. Start again.' },
  },
  RESOURCE_NOT_FOUND: {
    sso_not_here: { 'zh-CN': '这个邮箱域名没有连接身份提供方，请用密码登录。', 'en-US': 'No identity provider is connected for this e-mail domain. Use your password.' },
  },
  RESOURCE_CONFLICT: {
    sso_exists: { 'zh-CN': '已经连接了一个身份提供方，请修改它。', 'en-US': 'An identity provider is connected already. Change that connection.' },
    domain_taken: { 'zh-CN': '这个邮箱域名已属于另一个租户。', 'en-US': 'This e-mail domain belongs to another tenant already.' },
  },
  OPERATION_NOT_ALLOWED: {
    sso_email_missing: { 'zh-CN': '身份提供方没有给出邮箱，请租户管理员检查 email 范围和声明。', 'en-US': 'The identity provider sent no e-mail address. A tenant admin can check the email scope and claim.' },
    sso_email_unverified: { 'zh-CN': '身份提供方没有确认这个邮箱（email_verified 不为 true），不能用它登录。', 'en-US': 'The identity provider has not verified this e-mail address (email_verified is not true), so it signs nobody in.' },
    sso_domain_not_allowed: { 'zh-CN': '这个邮箱的域名没有获准用单点登录。', 'en-US': 'This e-mail address’s domain is not approved for single sign-on.' },
    sso_other_identity: { 'zh-CN': '这个邮箱已与身份提供方的另一个账号绑定，请联系租户管理员。', 'en-US': 'This e-mail address is already tied to another account of the identity provider. Ask a tenant admin.' },
    sso_unknown_user: { 'zh-CN': '你还没有受邀加入，请联系租户管理员。', 'en-US': 'You have not been added yet. Ask a tenant admin to invite you.' },
    sso_no_seat: { 'zh-CN': '你的组织在 Lyss 的席位已用完，暂时不能添加你。请联系租户管理员。', 'en-US': 'Your organization has no seat left here, so you can’t be added yet. Ask a tenant admin.' },
    sso_operator: { 'zh-CN': '平台运维人员用密码登录，不通过租户的身份提供方。', 'en-US': 'An operator signs in with a password, not through a tenant’s identity provider.' },
    sso_no_role: { 'zh-CN': '身份提供方给出的声明没有对应任何角色，请联系租户管理员。', 'en-US': 'Nothing that the identity provider sent gives you a role here. Ask a tenant admin.' },
    sso_beyond: { 'zh-CN': '你的权限超过了设置这个连接的人，请更高权限的租户管理员重新保存单点登录设置。', 'en-US': 'You may do more than whoever set this connection up. A tenant admin who may do as much has to save the settings again.' },
    sso_disabled: { 'zh-CN': '单点登录刚刚被关闭或修改，请重新登录。', 'en-US': 'Single sign-on was switched off or changed just now. Sign in again.' },
    sso_only: { 'zh-CN': '你的组织只允许通过身份提供方登录，密码已关闭。', 'en-US': 'Your organization signs in through its identity provider only; passwords are closed.' },
    sso_only_on: { 'zh-CN': '仅限单点登录时不能改这些设置：先关闭它，修改并测试，再打开。', 'en-US': 'These settings can’t be changed while single sign-on is the only way in. Switch that off, change and test, then switch it on again.' },
    sso_not_tested: { 'zh-CN': '先用当前设置测试登录，并以你自己的账号成功，才能关闭密码。', 'en-US': 'Test these very settings first, signing in as yourself; then passwords can be closed.' },
    sso_not_linked: { 'zh-CN': '这个人没有绑定身份提供方的账号，没有可解除的绑定。', 'en-US': 'This person is not tied to an account of the identity provider.' },
    passwords_closed: { 'zh-CN': '本租户只允许通过身份提供方登录，重设密码的链接打不开任何东西，因此没有生成。', 'en-US': 'This tenant’s people sign in through its identity provider only. A link to choose a password would open nothing, so none was made.' },
    passwords_open: { 'zh-CN': '这个租户的密码登录本来就是打开的。', 'en-US': 'Passwords are open in this tenant already.' },
    user_disabled: { 'zh-CN': '你的账号已被停用，请联系租户管理员。', 'en-US': 'Your account was disabled. Ask a tenant admin.' },
    tenant_suspended: { 'zh-CN': '你的租户已被暂停，请联系平台运维人员。', 'en-US': 'Your tenant is suspended. Ask the operator.' },
  },
};
