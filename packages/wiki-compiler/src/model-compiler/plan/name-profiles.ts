import {
  type LanguageProfile,
  languageOf,
  languageProfile,
} from '../../extractive/text/language.ts';

/**
 * The languages by whose rules names are compared: that of the wiki, by its tag or, where the setting is a name
 * such as `English`, by the text; and English, from which most names of things come. A short text is a poor
 * witness, and one document in doubt must not see other names than the next.
 */
export function nameProfiles(setting: string, text: string): readonly LanguageProfile[] {
  const tag = /^[a-z]{2,3}(?=[-_]|$)/i.exec(setting.trim())?.[0].toLowerCase();
  const english = languageProfile('en');
  const language = tag ?? (/^english$/i.test(setting.trim()) ? 'en' : languageOf(text));
  return language === 'en' ? [english] : [languageProfile(language), english];
}
