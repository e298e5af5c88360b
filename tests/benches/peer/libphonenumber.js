import { parsePhoneNumberFromString } from "libphonenumber-js/mobile";
globalThis.parse = parsePhoneNumberFromString;
