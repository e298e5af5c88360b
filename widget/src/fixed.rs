/// What stays the same while the form is shown, as HTML. In the browser all of it is empty, since
/// hydration leaves what is there as it is.
#[derive(Clone, Default)]
pub(crate) struct Fixed {
    /// Where a form without script is sent.
    pub action: String,
    /// The disclosure above the fields.
    pub disclosure: String,
    /// Heading of the error summary.
    pub summary: String,
    /// Label and hint of the number.
    pub number_label: String,
    /// What stands in the number's field at first.
    pub number: String,
    /// A box for each purpose.
    pub purposes: String,
    /// The age box, where there is one.
    pub age: String,
    /// Hidden fields, the button, the link to the hosted form.
    pub rest: String,
    /// Heading after success.
    pub done: String,
    /// What else there is to know then.
    pub done_rest: String,
    /// The link to another number; without script it begins anew.
    pub change: String,
    /// The words of the button that asks again.
    pub again: String,
    /// What that button says without script: how often it was asked for.
    pub asked: String,
}
