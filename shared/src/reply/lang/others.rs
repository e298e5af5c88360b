//! The few words that we are sure of in other languages of the EU. `da` is a yes in four of them and another word in
//! German, and is no yes here.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (Stop, "odhlasit lopeta peru στοπ στοπ стоп отписаться отмена leiratkozas dezabonare odjava"),
        (Call, "στοπ стоп lopeta"),
        (Yes, "sim ano joo kylla jah taip igen ναι да"),
        (No, "nem nao ei οχι не"),
        (Not, "nao μην δεν не ne"),
        (Help, "ajuda apua pomoc"),
        (Polite, "kiitos obrigado obrigada dekuji koszonom спасибо ευχαριστω"),
        (Kind, "kiitos obrigado obrigada dekuji koszonom спасибо ευχαριστω"),
        (Wrong, "errado"),
        (Number, "cislo"),
    ],
    phrases: &[(Gone, "numero errado")],
};
