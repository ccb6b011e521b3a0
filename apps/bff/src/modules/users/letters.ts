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
