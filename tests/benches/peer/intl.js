import intlTelInput from "intl-tel-input/intlTelInputWithUtils";
globalThis.intlTelInput = intlTelInput;
