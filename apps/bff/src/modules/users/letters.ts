import type { Locale } from '@lyss/api-types';
import { writeLetter, type LetterText } from '../../mail/write-letter.ts';

export interface LinkLetter {
  locale: Locale;
  purpose: 'invitation' | 'password_reset';
  tenant_name: string;
  /** Who made the link. */
  from_name: string;
  url: string;
}

/** The letter that brings a one-time link, in its reader's language. */
export function writeLinkLetter({ locale, purpose, tenant_name, from_name, url }: LinkLetter): LetterText {
  return writeLetter(texts[locale][purpose](tenant_name, from_name, url));
}

export interface ResetFactorsLetter extends Omit<LinkLetter, 'purpose'> {
  /** Their password was too short to stand alone, and ended too. */
  password_ended: boolean;
}

/** The letter that tells somebody that their second factors were removed, and by whom. */
export function writeFactorsResetLetter({ locale, tenant_name, from_name, url, password_ended }: ResetFactorsLetter): LetterText {
  if (locale === 'zh-CN') {
    return writeLetter({
      subject: '你的 Lyss 两步验证已重置',
      paragraphs: [`${from_name} 重置了你在 ${tenant_name} 的两步验证，所有设备已退出登录。`, password_ended ? '你的密码少于 15 个字符，也已失效。请重新设置密码，登录后再设置两步验证。' : '请用密码登录，然后重新设置两步验证。'],
      action: { label: password_ended ? '重新设置密码' : '登录', url },
      footer: '如果不是你要求的，请立即告诉租户管理员。',
    });
  }
  return writeLetter({
    subject: 'Your second factors for Lyss were reset',
    paragraphs: [
      `${from_name} removed the second factors of your account at ${tenant_name}. Every device was signed out.`,
      password_ended ? 'Your password had fewer than 15 characters and ended as well. Choose a new one, sign in, and set up a second factor again.' : 'Sign in with your password, and set up a second factor again.',
    ],
    action: { label: password_ended ? 'Choose a new password' : 'Sign in', url },
    footer: 'If you did not ask for this, tell your tenant admin at once.',
  });
}

type Write = (tenant: string, from: string, url: string) => Parameters<typeof writeLetter>[0];

const texts: Record<Locale, Record<LinkLetter['purpose'], Write>> = {
  'zh-CN': {
    invitation: (tenant, from, url) => ({
      subject: `邀请你加入 ${tenant}`,
      paragraphs: [`${from} 邀请你使用 ${tenant} 的 Lyss。`, '设置密码后即可登录。链接 72 小时内有效，只能使用一次。'],
      action: { label: '设置密码', url },
      footer: '如果你不认识邀请人，忽略这封邮件即可。',
    }),
    password_reset: (tenant, from, url) => ({
      subject: '重新设置你的 Lyss 密码',
      paragraphs: [`${from} 为你在 ${tenant} 的账号发起了密码重置，原有的登录已全部退出。`, '请用下面的链接设置新密码。链接 15 分钟内有效，只能使用一次。'],
      action: { label: '设置新密码', url },
      footer: '链接过期后，请租户管理员重新发送，或在登录页选择“忘记密码”。',
    }),
  },
  'en-US': {
    invitation: (tenant, from, url) => ({
      subject: `You are invited to ${tenant}`,
      paragraphs: [`${from} invites you to use Lyss at ${tenant}.`, 'Choose a password to sign in. The link works once, within 72 hours.'],
      action: { label: 'Choose a password', url },
      footer: 'If you don’t know who invites you, ignore this letter.',
    }),
    password_reset: (tenant, from, url) => ({
      subject: 'Choose a new password for Lyss',
      paragraphs: [`${from} reset the password of your account at ${tenant}. You were signed out everywhere.`, 'Choose a new password with this link. It works once, within 15 minutes.'],
      action: { label: 'Choose a new password', url },
      footer: 'When the link has expired, ask your tenant admin for another, or choose “Forgot your password?” on the sign-in page.',
    }),
  },
};
