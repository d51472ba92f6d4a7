# Khmer, the region's minority language. Few sentences; every one is to be REVIEWED BY A SPEAKER
# before it stands on a counter. What is missing here is shown in Vietnamese. The question itself is
# in the questionnaire (analytics-server/questionnaires/attitude.json, “km”), to be reviewed as well.

## Footer
tablet-hint = សូមប៉ះមុខមួយ។ មន្ត្រីមិនឃើញជម្រើសរបស់លោកអ្នកទេ។

## Thanks
tablet-thanks = សូមអរគុណ!
tablet-thanks-recorded = មតិរបស់លោកអ្នកត្រូវបានកត់ត្រា។
tablet-choose-again = ជ្រើសម្តងទៀត
