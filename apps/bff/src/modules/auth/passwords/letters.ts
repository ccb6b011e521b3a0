import type { Locale } from '@lyss/api-types';
import { writeLetter, type LetterText } from '../../../mail/write-letter.ts';

/** The letter with a link that its reader asked for. */
export function writeResetLetter(locale: Locale, tenant_name: string, url: string): LetterText {
  return writeLetter(
    locale === 'zh-CN'
      ? {
          subject: '重新设置你的 Lyss 密码',
          paragraphs: [`有人在登录页为你在 ${tenant_name} 的账号申请了重新设置密码。`, '链接 15 分钟内有效，只能使用一次。设置后，所有设备都需要重新登录。'],
          action: { label: '设置新密码', url },
          footer: '如果不是你本人申请的，忽略这封邮件即可，密码不会改变。',
        }
      : {
          subject: 'Choose a new password for Lyss',
          paragraphs: [`Somebody asked on the sign-in page for a new password of your account at ${tenant_name}.`, 'The link works once, within 15 minutes. Every device then has to sign in again.'],
          action: { label: 'Choose a new password', url },
          footer: 'If that was not you, ignore this letter: your password stays as it is.',
        },
  );
}

/** The letter that tells of a password that was changed, to whoever did not do it. */
export function writeChangedLetter(locale: Locale, tenant_name: string, url: string): LetterText {
  return writeLetter(
    locale === 'zh-CN'
      ? {
          subject: '你的 Lyss 密码已修改',
          paragraphs: [`你在 ${tenant_name} 的账号密码刚刚修改，其他设备已全部退出登录。`, '如果是你本人操作的，不需要做任何事。如果不是，请立即重新设置密码，并告诉租户管理员。'],
          action: { label: '重新设置密码', url },
          footer: '这封邮件会在每次修改密码后发送。',
        }
      : {
          subject: 'Your Lyss password was changed',
          paragraphs: [`The password of your account at ${tenant_name} was just changed. Other devices were signed out.`, 'If that was you, there is nothing to do. If not, choose a new password at once and tell your tenant admin.'],
          action: { label: 'Choose a new password', url },
          footer: 'This letter follows every change of the password.',
        },
  );
}
